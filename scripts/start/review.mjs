// The review of a workspace in the terminal: findings, policies, and where telemetry goes. All of it comes from the command line.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./ready.mjs";

const cli = path.join(root, "dist", "cli.js");
// npm starts this script in the repository; file names are relative to the caller's folder.
const cwd = process.env.INIT_CWD ?? process.cwd();
const named = (folder) => path.relative(cwd, folder) || ".";

/**
 * Prints the review. Returns false where the folder could not be read at all; findings are no failure here.
 * @param {string} folder
 */
export function printedReview(folder) {
  heading("Findings");
  if (shown(["check", named(folder)]) === 2) return false;
  heading("Policies that will be applied");
  shown(["policies", named(folder)]);
  heading("Where telemetry goes");
  const graph = captured(["graph", named(folder), "--format", "json"]);
  console.log(graph === null ? "" : telemetryText(JSON.parse(graph)));
  return true;
}

/**
 * The standalone page of a workspace, written to a file. Null where the command line could not make it.
 * @param {string} folder
 */
export function writtenPage(folder) {
  const page = captured(["graph", named(folder), "--format", "html"]);
  if (page === null) return null;
  const file = path.join(root, "artifacts", "review.html");
  if (!existsSync(path.dirname(file))) mkdirSync(path.dirname(file));
  writeFileSync(file, page);
  return file;
}

/** One line for each hop: from where, to where, what, by which path and port. */
function telemetryText({ nodes, edges }) {
  const names = new Map(nodes.map(({ id, label }) => [id, label]));
  const hops = edges.filter(({ telemetry }) => telemetry !== null);
  if (hops.length === 0) return "No telemetry is routed or collected here.";
  const rows = hops.map((hop) => [
    names.get(hop.source) ?? hop.source,
    names.get(hop.target) ?? hop.target,
    hop.telemetry,
    hop.kind === "telemetry-bypass" ? "around the proxy" : (hop.paths ?? []).join(" "),
    (hop.ports ?? []).join(", "),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map(([from, to, what, by, port]) =>
      `  ${from.padEnd(widths[0])}  →  ${to.padEnd(widths[1])}  ${what.padEnd(widths[2])}  ${by.padEnd(widths[3])}  ${port}`.trimEnd(),
    )
    .join("\n");
}

function heading(text) {
  console.log(`\n${process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text}\n`);
}

function shown(args) {
  return spawnSync(process.execPath, [cli, ...args], { cwd, stdio: "inherit" }).status;
}

function captured(args) {
  const run = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
  return run.status === 0 ? run.stdout.toString("utf8") : null;
}
