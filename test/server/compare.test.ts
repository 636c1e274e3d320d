import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_GRAPH_OPTIONS, graphRequest } from "#protocol";
import { diskStates } from "../../server/node/states.ts";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const PYTHON = "coordinator/src/charm.py";

describe("comparing with another state", () => {
  let folder: string;
  let client: LspClient;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: folder, stdio: "pipe" });

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-compare-"));
    const files = miniWorkspace();
    for (const [name, text] of Object.entries(files)) write(name, text);
    writeFileSync(path.join(folder, "bundle.yaml"), Uint8Array.of(0x23, 0xe9));
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "before");
    cpSync(folder, `${folder}-before`, { recursive: true });
    const root = pathToFileURL(folder).href;
    client = await lspClient({
      files: Object.fromEntries(Object.entries(files).map(([name, text]) => [`${root}/${name}`, text])),
      folders: [root],
      states: diskStates(),
    });
    const python = `${root}/${PYTHON}`;
    await client.open(
      python,
      (files[PYTHON] ?? "").replace("Endpoint(ports=[Mini.http_port])", "Endpoint(ports=[Mini.http_port, 9999])"),
    );
  });
  afterAll(() => {
    client?.dispose();
    for (const each of [folder, `${folder}-before`]) rmSync(each, { recursive: true, force: true });
  });

  function write(name: string, text: string): void {
    const at = path.join(folder, name);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, text);
  }

  async function changes(compare: string | null): Promise<(string | null)[]> {
    const answer = await client.connection.sendRequest(graphRequest.method, {
      options: { ...DEFAULT_GRAPH_OPTIONS, compare },
    });
    const { graph, choices } = graphRequest.result.parse(answer);
    expect(choices.canCompare).toBe(true);
    return [...new Set(graph?.edges.map(({ change }) => change))];
  }

  test("a git ref: what an unsaved edit widens is marked, the rest is not", async () => {
    expect(await changes(null)).toEqual([null]);
    expect(await changes("HEAD")).toEqual(expect.arrayContaining([null, "widened"]));
  });

  test("what could not be read there stands among the notes, under its name", async () => {
    const notes = async (compare: string | null) =>
      graphRequest.result.parse(
        await client.connection.sendRequest(graphRequest.method, { options: { ...DEFAULT_GRAPH_OPTIONS, compare } }),
      ).graph?.notes;
    const plain = (await notes(null)) ?? [];
    const said = "bundle.yaml is not UTF-8 (first bad byte at offset 1)";
    expect(await notes("HEAD")).toEqual([...plain, `HEAD: ${said}`]);
    expect(await notes(`${folder}-before`)).toEqual([...plain, `${folder}-before: ${said}`]);
  });

  test("a folder in the place of a ref", async () => {
    expect(await changes(`${folder}-before`)).toContain("widened");
  });

  test("what is neither is refused with the reason", async () => {
    await expect(changes("no-such-branch")).rejects.toThrow(/no-such-branch/);
    await expect(changes("--output=x")).rejects.toThrow(/no git ref/);
    expect(readFileSync(path.join(folder, PYTHON), "utf8")).not.toContain("9999");
  });
});

test("a host without other states says so", async () => {
  const client = await lspClient({ files: miniWorkspace() });
  const asked = client.connection.sendRequest(graphRequest.method, {
    options: { ...DEFAULT_GRAPH_OPTIONS, compare: "HEAD" },
  });
  await expect(asked).rejects.toThrow(/can't be read in the browser/);
  client.dispose();
});
