import { denialDirectory, denialReader, effectivePolicies, explainedDenials, inferredTopology } from "#mesh";
import { envoyJson, envoyText, ztunnelJson, ztunnelText } from "../explain/sample-lines.ts";
import { type Shape, times } from "./shape.ts";

const LOG = "denied.log";
const topology = inferredTopology([]);
const expectation = { effective: effectivePolicies([], topology), topology, mode: topology.mode };

/** Reads a log line by line and explains it. */
function explained(files: Readonly<Record<string, string>>): void {
  const reader = denialReader(denialDirectory(expectation));
  for (const line of (files[LOG] ?? "").split("\n")) reader.line(line);
  explainedDenials(reader.log().flows, expectation);
}

const log = (name: string, from: number, text: (size: number) => string): Shape => ({
  name,
  from,
  files: (size) => ({ [LOG]: text(size) }),
  read: explained,
});

/** Shapes of access logs. */
export const LOGS: readonly Shape[] = [
  log("ztunnel's lines, each another flow", 250, (n) =>
    times(n, (at) => `${ztunnelText({ from: `a${at}`, to: "quarry", port: 80 })}\n`),
  ),
  log("Envoy's lines, each another path", 250, (n) =>
    times(n, (at) => `${envoyText({ from: "10.0.0.1", to: "quarry", port: 80, request: `GET /${at} HTTP/1.1` })}\n`),
  ),
  log("one flow in many lines", 500, (n) => times(n, () => `${ztunnelJson({ from: "a", to: "quarry", port: 80 })}\n`)),
  log("lines of no format", 1000, (n) => times(n, (at) => `${at} nothing\n`)),
  log("a long word", 20_000, (n) => `2026-11-30T10:00:00Z\terror\taccess\t${"x".repeat(n)}`),
  log("many fields in a line", 1000, (n) => `2026-11-30T10:00:00Z\terror\taccess\tx ${'a="b" '.repeat(n)}`),
  log("quotes that stay open", 1000, (n) => `2026-11-30T10:00:00Z\terror\taccess\tx ${'a="\\"'.repeat(n)}`),
  log("Envoy's quotes", 1000, (n) => `[2026-11-30T10:00:00Z] ${'"a '.repeat(n)}`),
  log("JSON in each other", 1000, (n) => `{"a":${"[".repeat(n)}${"]".repeat(n)}}`),
  log("Docker's wrapping, again and again", 5, (n) => {
    let line = envoyJson({ from: "10.0.0.1", to: "quarry", port: 80 });
    for (let at = 0; at < Math.min(n, 10); at++) line = JSON.stringify({ log: line, stream: "stdout" });
    return line;
  }),
  log("a long path", 5000, (n) =>
    envoyText({ from: "10.0.0.1", to: "quarry", port: 80, request: `GET /${"a/".repeat(n)} HTTP/1.1` }),
  ),
];
