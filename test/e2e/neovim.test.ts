import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loggedServer, methodsInGuide, wireOf } from "./driver/wire.ts";

const hasNeovim = spawnSync("nvim", ["--version"]).status === 0;

// Another editor, as docs/guide/other-editors.md describes it: the command line's server over stdio.
describe.skipIf(!hasNeovim)("in Neovim", () => {
  let folder: string;
  beforeAll(() => {
    folder = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), "charm-mesh-nvim-"))), "faulty");
    cpSync("samples/faulty", folder, { recursive: true });
  });
  afterAll(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

  test("the guide's configurations are Lua that it takes", () => {
    const guide = readFileSync("docs/guide/other-editors.md", "utf8");
    const blocks = [...guide.matchAll(/^```lua\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
    expect(blocks).toHaveLength(2);
    for (const text of blocks) {
      const loaded = execFileSync(
        "nvim",
        ["--headless", "--clean", "-c", "lua io.stdout:write(tostring((loadstring(vim.env.TEXT))))", "-c", "qall!"],
        { encoding: "utf8", timeout: 20_000, env: { ...process.env, TEXT: text } },
      );
      expect(loaded).toMatch(/^function/);
    }
  });

  test("diagnostics, hover, a jump, a fix, and a rename over YAML and Python", () => {
    const log = path.join(path.dirname(folder), "wire");
    const script = path.resolve("test/e2e/driver/neovim.lua");
    const file = path.join(folder, "coordinator/src/charm.py");
    const lines = readFileSync(file, "utf8").split("\n");
    const line = lines.findIndex((each) => each.includes('"certificates": "certificates"'));
    const output = execFileSync("nvim", ["--headless", "--clean", "-n", "-c", `luafile ${script}`, "-c", "cquit 1"], {
      encoding: "utf8",
      timeout: 110_000,
      env: {
        ...process.env,
        SERVER: JSON.stringify([...loggedServer(log), "lsp", "--stdio"]),
        ROOT: folder,
        FILE: file,
        LINE: String(line),
        COLUMN: String((lines[line] ?? "").lastIndexOf("certificates")),
        NEW_NAME: "tls-certs",
      },
    });
    const answer = JSON.parse(output.trim().split("\n").at(-1) ?? "");
    expect(answer.codes).toContain("undeclared-endpoint");
    expect(answer.hover).toContain("certificates");
    expect(answer.definition).toBe(path.join(folder, "coordinator/charmcraft.yaml"));
    expect(answer.fixed).toContain('"logging": "logging"');
    expect(answer.renamed.sort()).toEqual([path.join(folder, "coordinator/charmcraft.yaml"), file]);
    const { methods, failures } = wireOf(log);
    expect(failures).toEqual([]);
    expect(methodsInGuide("Neovim")).toEqual(methods);
  });
});
