import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../tidy/source-tree.ts";
import type { Letter, OpenFile } from "./server-run.ts";

/** A folder that is measured on, with the two files of a charm that are open in it. */
export interface BenchFolder {
  readonly folder: string;
  readonly open: readonly OpenFile[];
  readonly remove: () => void;
}

const SAMPLE = path.join(root, "samples/observability");

/**
 * So many clusters of four charms each, every one with names of its own, beside so many files that belong to no charm. `kilobytes`
 * is what the first coordinator's src/charm.py grows to, by methods as plain as most code of a charm is. `isReal` gives every charm what
 * real ones carry beside their own code: vendored libraries, tests, a lock, and config options that are read.
 */
export function benchFolder(clusters: number, kilobytes = 0, others = 0, isReal = false): BenchFolder {
  const folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-bench-"));
  for (let at = 0; at < clusters; at++) {
    const cluster = path.join(folder, `cluster-${at}`);
    cpSync(SAMPLE, cluster, { recursive: true });
    if (at > 0) for (const file of filesBelow(cluster)) rename(file, `quarry${at}`);
  }
  const charm = path.join(folder, "cluster-0/coordinator/src/charm.py");
  writeFileSync(charm, grown(readFileSync(charm, "utf8"), kilobytes * 1000));
  if (isReal) for (let at = 0; at < clusters; at++) addBelongings(path.join(folder, `cluster-${at}`), at);
  for (let at = 0; at < others; at++) {
    const file = path.join(folder, `docs/part-${at % 50}/page-${at}.md`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `# Page ${at}\n`);
  }
  const open = Object.entries(LETTERS).map(([name, kinds]) => {
    const file = `cluster-0/coordinator/${name}`;
    const text = readFileSync(path.join(folder, file), "utf8");
    return { path: file, letters: Object.entries(kinds).map(([kind, behind]) => letterBehind(text, kind, behind)) };
  });
  return { folder, open, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What is typed: a letter behind the first place with this text. */
const LETTERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "charmcraft.yaml": { "a relation's name": "\n  logging", "a description": "\nsummary: " },
  "src/charm.py": {
    "the endpoint map": '"logging": "logging',
    "a comment": "        # Step 0",
    "an identifier": "values_0",
  },
};

function letterBehind(text: string, kind: string, behind: string): Letter {
  const at = text.indexOf(behind);
  if (at < 0) throw new Error(`The bench's charm has no place for ${kind}.`);
  const before = text.slice(0, at + behind.length).split("\n");
  return { kind, line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** Libraries of 20 to 140 kB, of which each charm has ten; of all charms together there are 24 different ones. */
const LIBRARIES = Array.from({ length: 24 }, (_, at) =>
  grown(
    `"""Library ${at}."""\n\nLIBAPI = 0\nLIBPATCH = ${at + 1}\nRELATION = "rel-${at}"\n\n\nclass Library${at}:\n    """Does things."""\n`,
    20_000 + 5_000 * at,
  ),
);
const TESTS = grown("import pytest\n\n\nclass TestCharm:\n", 15_000);

/** Puts into each charm of a cluster what real charms carry. */
function addBelongings(cluster: string, number: number): void {
  for (const charm of readdirSync(cluster)) {
    const root = path.join(cluster, charm);
    if (!existsSync(path.join(root, "charmcraft.yaml"))) continue;
    const put = (name: string, text: string): void => {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    };
    for (let at = 0; at < 10; at++) {
      const which = (number * 7 + at * 2) % LIBRARIES.length;
      put(`lib/charms/other_${which}/v0/part_${which}.py`, LIBRARIES[which] ?? "");
    }
    for (const kind of ["unit", "integration", "interface"]) put(`tests/${kind}/test_charm.py`, TESTS);
    put("uv.lock", LOCK);
    appendFileSync(
      path.join(root, "src/charm.py"),
      `\n\ndef limit(charm):\n    """Read an option."""\n    return charm.config["step-limit"]\n`,
    );
    const metadata = path.join(root, "charmcraft.yaml");
    const text = readFileSync(metadata, "utf8");
    if (!/^config:/m.test(text))
      writeFileSync(
        metadata,
        `${text.trimEnd()}\nconfig:\n  options:\n    step-limit:\n      type: int\n      default: 10\n      description: How many steps are done.\n`,
      );
  }
}

/** A lock of about 300 kB: 100 packages with the hashes of 13 archives each. */
const LOCK = `version = 1\nrevision = 3\nrequires-python = ">=3.10"\n${Array.from(
  { length: 100 },
  (_, at) => `
[[package]]
name = "package-${at}"
version = "1.${at}.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [
    { name = "package-${(at + 1) % 100}" },
    { name = "package-${(at + 7) % 100}", marker = "python_full_version < '3.11'" },
]
wheels = [
${Array.from({ length: 13 }, (_, wheel) => `    { url = "https://files.pythonhosted.org/packages/${at}/${wheel}/package_${at}-1.${at}.0-cp3${wheel}-manylinux_x86_64.whl", hash = "sha256:${"0123456789abcdef".repeat(4)}", size = ${13_000 + wheel}, upload-time = "2026-05-20T21:33:24.1Z" },`).join("\n")}
]
`,
).join("")}`;

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
        # Step ${at} is done by the leader alone.
        values_${at} = values = {"step": ${at}, "name": self.app.name, "unit": self.unit.name}
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
