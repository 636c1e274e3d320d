// Prints the review of a workspace: findings, policies, and where telemetry goes. The built command line produces all of it.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../bundles.mts";

const cli = path.join(root, "dist", "cli.js");
// npm starts this script in the repository; file names are relative to the caller's folder.
const cwd = process.env["INIT_CWD"] ?? process.cwd();
const named = (folder: string): string => path.relative(cwd, folder) || ".";

/** The parts of the graph's JSON that the review shows. */
interface Graph {
  readonly nodes: readonly { readonly id: string; readonly label: string }[];
  readonly edges: readonly {
    readonly source: string;
    readonly target: string;
    readonly kind: string;
    readonly telemetry: string | null;
    readonly paths?: readonly string[];
    readonly ports?: readonly string[];
  }[];
}

/** Prints the review. Returns false if the folder can't be read; a review with findings is a success. */
export function printedReview(folder: string): boolean {
  heading("Findings");
  if (shown(["check", named(folder)]) === 2) return false;
  heading("Policies that will be applied");
  shown(["policies", named(folder)]);
  heading("Where telemetry goes");
  const graph = captured(["graph", named(folder), "--format", "json"]);
  console.log(graph === null ? "" : telemetryText(JSON.parse(graph)));
  return true;
}

/** Writes the standalone page of a workspace, and returns the file's path; null if the command line fails. */
export function writtenPage(folder: string): string | null {
  const page = captured(["graph", named(folder), "--format", "html"]);
  if (page === null) return null;
  const file = path.join(root, "artifacts", "review.html");
  if (!existsSync(path.dirname(file))) mkdirSync(path.dirname(file));
  writeFileSync(file, page);
  return file;
}

/** One line for each hop: source, target, signal, paths and ports. */
function telemetryText({ nodes, edges }: Graph): string {
  const names = new Map(nodes.map(({ id, label }) => [id, label]));
  const rows = edges.flatMap(({ telemetry, ...hop }) =>
    telemetry === null
      ? []
      : [
          {
            from: names.get(hop.source) ?? hop.source,
            to: names.get(hop.target) ?? hop.target,
            signal: telemetry,
            by: hop.kind === "telemetry-bypass" ? "around the proxy" : (hop.paths ?? []).join(" "),
            ports: (hop.ports ?? []).join(", "),
          },
        ],
  );
  if (rows.length === 0) return "No telemetry is routed or collected here.";
  const width = (column: "from" | "to" | "signal" | "by"): number => Math.max(...rows.map((row) => row[column].length));
  const widths = { from: width("from"), to: width("to"), signal: width("signal"), by: width("by") };
  return rows
    .map(({ from, to, signal, by, ports }) =>
      `  ${from.padEnd(widths.from)}  →  ${to.padEnd(widths.to)}  ${signal.padEnd(widths.signal)}  ${by.padEnd(widths.by)}  ${ports}`.trimEnd(),
    )
    .join("\n");
}

function heading(text: string): void {
  console.log(`\n${process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text}\n`);
}

/** Runs the command line with this process's own output; returns its exit code. */
function shown(args: readonly string[]): number | null {
  const env = { ...process.env, COLUMNS: String(process.stdout.columns ?? 100) };
  return spawnSync(process.execPath, [cli, ...args], { cwd, env, stdio: "inherit" }).status;
}

/** The output of the command line; null if it fails. */
function captured(args: readonly string[]): string | null {
  const run = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
  return run.status === 0 ? run.stdout.toString("utf8") : null;
}
