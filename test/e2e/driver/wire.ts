import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const lineSchema = z.union([
  z.object({ method: z.string() }),
  z.object({ failed: z.string(), error: z.object({ message: z.string() }) }),
]);

/** The command that runs our command line's server behind a log of the wire, without `lsp --stdio`. */
export function loggedServer(log: string): readonly string[] {
  return [
    process.execPath,
    path.resolve("test/e2e/driver/wire-log.mjs"),
    log,
    process.execPath,
    path.resolve("dist/cli.js"),
  ];
}

/**
 * The methods that a client sent, each once and sorted, and the requests that were answered with an error. Without `exit`, after which
 * some editors end the server at once, and without what the protocol calls optional (`$/`).
 */
export function wireOf(log: string): { readonly methods: readonly string[]; readonly failures: readonly string[] } {
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  const parsed = lines.map((line) => lineSchema.parse(JSON.parse(line)));
  return {
    methods: [...new Set(parsed.flatMap((line) => ("method" in line ? line.method : [])))]
      .filter((method) => method !== "exit" && !method.startsWith("$/"))
      .sort(),
    failures: parsed.flatMap((line) => ("failed" in line ? `${line.failed}: ${line.error.message}` : [])),
  };
}

/** The methods that the guide's table says of an editor, or all of its methods, sorted. */
export function methodsInGuide(editor: string | null): readonly string[] {
  const guide = readFileSync("docs/guide/other-editors.md", "utf8");
  const rows = [...guide.matchAll(/^\|(.*)\|$/gm)].map(([, cells = ""]) => cells.split("|").map((cell) => cell.trim()));
  const head = rows.find(([first]) => first === "Method") ?? [];
  const column = editor === null ? 0 : head.indexOf(editor);
  if (column < 0) throw new Error(`the guide's table of methods has no column ${editor}`);
  return rows
    .filter((row) => row.length === head.length && /^`.*`$/.test(row[0] ?? "") && (column === 0 || row[column] === "✓"))
    .map(([method = ""]) => method.replaceAll("`", ""))
    .sort();
}
