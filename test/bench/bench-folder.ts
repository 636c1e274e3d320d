import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../tidy/source-tree.ts";
import type { OpenFile } from "./server-run.ts";

/** A folder that is measured on, with the two files of a charm that are open in it. */
export interface BenchFolder {
  readonly folder: string;
  readonly open: readonly OpenFile[];
  readonly remove: () => void;
}

const SAMPLE = path.join(root, "samples/observability");

/**
 * So many clusters of four charms each, every one with names of its own, beside so many files that belong to no charm. `kilobytes`
 * is what the first coordinator's src/charm.py grows to, by methods as plain as most code of a charm is.
 */
export function benchFolder(clusters: number, kilobytes = 0, others = 0): BenchFolder {
  const folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-bench-"));
  for (let at = 0; at < clusters; at++) {
    const cluster = path.join(folder, `cluster-${at}`);
    cpSync(SAMPLE, cluster, { recursive: true });
    if (at > 0) for (const file of filesBelow(cluster)) rename(file, `quarry${at}`);
  }
  const charm = path.join(folder, "cluster-0/coordinator/src/charm.py");
  writeFileSync(charm, grown(readFileSync(charm, "utf8"), kilobytes * 1000));
  for (let at = 0; at < others; at++) {
    const file = path.join(folder, `docs/part-${at % 50}/page-${at}.md`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `# Page ${at}\n`);
  }
  const open = ["charmcraft.yaml", "src/charm.py"].map((name) => {
    const file = `cluster-0/coordinator/${name}`;
    const lines = readFileSync(path.join(folder, file), "utf8").split("\n");
    const marked = name.endsWith(".py") ? '"logging": "logging' : "  logging";
    const line = lines.findIndex((text) => text.includes(marked));
    return { path: file, line, character: (lines[line] ?? "").indexOf(marked) + marked.length };
  });
  return { folder, open, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** All files below a folder, without those of git. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === ".git" ? [] : filesBelow(file);
    return entry.isFile() ? [file] : [];
  });
}

/** Bytes of some files. */
export function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

function rename(file: string, name: string): void {
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("quarry", name));
}

function grown(text: string, length: number): string {
  const parts = [text.trimEnd(), "\n"];
  for (let at = 0, size = text.length; size < length; at++) {
    const method = `
    def _on_step_${at}(self, event: ops.EventBase) -> None:
        """Do step ${at} of what the workload needs."""
        values = {"step": ${at}, "name": self.app.name, "unit": self.unit.name}
        if not self.unit.is_leader() or values["step"] > 1000:
            self.unit.status = ops.WaitingStatus(f"step {values['step']} waits for the leader")
            return
        for key, value in sorted(values.items()):
            self._log(f"{key}={value!r}")
`;
    parts.push(method);
    size += method.length;
  }
  return parts.join("");
}
