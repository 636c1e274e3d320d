import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import { charmMesh, inFolder } from "../cli/command-line.ts";
import { root } from "../tidy/source-tree.ts";

// What the bundles could do to the outside, packages included; test/tidy/outside.test.ts looks at our own sources. npm test builds first.

const BUNDLES = readdirSync(path.join(root, "dist")).filter((name) => name.endsWith(".js"));
const textOf = (bundle: string): string => readFileSync(path.join(root, "dist", bundle), "utf8");

/** Modules of Node that reach out of a process, by the bundles that may ask for them: SECURITY.md says what for. */
const REACHING: Readonly<Record<string, readonly string[]>> = {
  "client-node.js": ["child_process", "net"],
  "server-node.js": ["child_process", "net"],
  "server-engine.js": ["child_process"],
  "cli.js": ["child_process"],
};
const HARMLESS = [
  "crypto",
  "events",
  "fs",
  "fs/promises",
  "module",
  "os",
  "path",
  "process",
  "readline",
  "url",
  "util",
];

test("no bundle asks for a module that opens connections or starts processes, except those that SECURITY.md lists", () => {
  expect(BUNDLES.length).toBe(8);
  for (const bundle of BUNDLES) {
    const asked = [...textOf(bundle).matchAll(/require\(["'](?:node:)?([\w/]+)["']\)/g)].map(([, name = ""]) => name);
    const reaching = asked.filter((name) => builtinModules.includes(name) && !HARMLESS.includes(name));
    expect([...new Set(reaching)].sort(), bundle).toEqual(REACHING[bundle] ?? []);
  }
  for (const name of ["child_process", "net"]) expect(readFileSync("SECURITY.md", "utf8")).toContain(`\`${name}\``);
});

test("no bundle has a word for a request to a network in it", () => {
  const WORDS = /\b(?:fetch|sendBeacon|importScripts)\(|\bnew (?:WebSocket|XMLHttpRequest|EventSource|WebTransport)\b/g;
  // mermaid is bundled as published and names such functions; the page that loads it allows no connection.
  for (const bundle of BUNDLES.filter((name) => name !== "mermaid.js"))
    expect(textOf(bundle).match(WORDS), bundle).toBeNull();
  const policy = readFileSync(path.join(root, "client/src/panel/html.ts"), "utf8");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("connect-src");
  expect("fetch(a); new WebSocket(b)".match(WORDS)).toHaveLength(2);
});

/** Writes down every process that is started and every connection and name that is asked for, and lets processes go on. */
const TRAP = `const { appendFileSync } = require("node:fs");
const report = (what) => appendFileSync(process.env.SEEN, what + "\\n");
const children = require("node:child_process");
for (const name of ["spawn", "exec", "execFile", "fork", "spawnSync", "execSync", "execFileSync"]) {
  const own = children[name];
  children[name] = (...args) => {
    const words = Array.isArray(args[1]) ? args[1] : [];
    // The options before git's command switch features off.
    report([require("node:path").basename(args[0]), words.find((word, at) => !word.startsWith("-") && words[at - 1] !== "-c")].join(" "));
    return own(...args);
  };
}
require("node:net").Socket.prototype.connect = () => report("a connection");
require("node:net").Server.prototype.listen = () => report("a port");
for (const name of ["lookup", "resolve"]) require("node:dns")[name] = () => report("a name");
globalThis.fetch = async () => report("fetch");
`;

test("commands start git where a git ref is compared, nothing elsewhere, and open no connection", () => {
  inFolder({ "trap.cjs": TRAP }, (folder) => {
    const seen = path.join(folder, "seen");
    const work = path.join(folder, "work");
    cpSync(path.join(root, "samples/observability"), work, { recursive: true });
    const git = (...args: string[]): void => void execFileSync("git", args, { cwd: work });
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=Nobody", "-c", "user.email=nobody@example.invalid", "commit", "-q", "-m", "all");
    const NODE_OPTIONS = `--require ${path.join(folder, "trap.cjs")}`;
    const run = (...args: string[]): readonly string[] => {
      execFileSync("sh", ["-c", `: > ${seen}`]);
      expect(charmMesh(args, work, { NODE_OPTIONS, SEEN: seen }).code, args.join(" ")).toBe(0);
      return [...new Set(readFileSync(seen, "utf8").split("\n").filter(Boolean))].sort();
    };
    for (const command of ["check", "policies", "graph", "inspect"]) expect(run(command), command).toEqual([]);
    expect(run("add-mesh", "--write")).toEqual([]);
    expect(run("diff", "HEAD")).toEqual(["git cat-file", "git ls-tree", "git rev-parse"]);
  });
});

test("no setting takes a text of one's own, which might be a program's name", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const loose: string[] = [];
  const visit = (schema: Record<string, unknown>, name: string): void => {
    if (schema["type"] === "object") {
      expect(schema["additionalProperties"], name).toBe(false);
      for (const [key, value] of Object.entries(schema["properties"] as Record<string, Record<string, unknown>>))
        visit(value, `${name}.${key}`);
    } else if (!Array.isArray(schema["enum"]) && schema["type"] !== "boolean") loose.push(name);
  };
  const groups = [contributes.configuration].flat();
  const all = groups.flatMap(({ properties }) => Object.entries<Record<string, unknown>>(properties));
  expect(all.length).toBeGreaterThan(0);
  for (const [name, schema] of all) visit(schema, name);
  expect(loose).toEqual([]);
});
