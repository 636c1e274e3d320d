import { execFileSync, spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { charmMesh } from "./command-line.ts";

const COMMANDS =
  charmMesh(["--help"])
    .out.match(/^ {2}([a-z-]+) (?=.* {2})/gm)
    ?.map((line) => line.trim()) ?? [];

/** What bash offers for a command line that ends where the cursor stands. */
function offered(...words: readonly string[]): readonly string[] {
  const script = charmMesh(["completion", "bash"]).out;
  const line = ["charm-mesh", ...words].map((word) => `'${word}'`).join(" ");
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _charm_mesh; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync("bash", ["--noprofile", "--norc", "-euc", `${script}\n${ask}`], { encoding: "utf8" });
  return out.split("\n").filter((word) => word !== "");
}

test("bash offers commands, options, and the words that options and arguments take", () => {
  expect(COMMANDS.length).toBeGreaterThan(8);
  for (const name of COMMANDS.filter((each) => each !== "help")) expect(offered("")).toContain(name);
  expect(offered("dr")).toEqual(["drift"]);
  expect(offered("check", "--form")).toEqual(["--format"]);
  expect(offered("check", "--format", "")).toEqual(["text", "json", "sarif", "github", "junit"]);
  expect(offered("check", "-f", "j")).toEqual(["json", "junit"]);
  expect(offered("check", "coordinator", "--fail-on", "w")).toEqual(["warning"]);
  expect(offered("can", "--via", "")).toEqual(["service", "unit"]);
  expect(offered("completion", "z")).toEqual(["zsh"]);
  // Files and folders are bash's own (`-o default`), for paths and for options that take them.
  expect(offered("check", "coord")).toEqual([]);
  expect(offered("drift", "--cluster", "c")).toEqual([]);
});

test("every option of every command is offered by bash, zsh and fish", () => {
  const scripts = Object.fromEntries(
    ["bash", "zsh", "fish"].map((shell) => [shell, charmMesh(["completion", shell]).out]),
  );
  for (const name of COMMANDS.filter((each) => each !== "help")) {
    const options = charmMesh([name, "--help"]).out.match(/(?<=^ {2}(?:-\w, )?)--[a-z-]+/gm) ?? [];
    expect(options.length, name).toBeGreaterThan(0);
    const inBash = offered(name, "--");
    const inZsh = scripts["zsh"]?.split(`\n    ${name})\n`)[1]?.split(" ;;")[0] ?? "";
    for (const option of options) {
      expect(inBash, name).toContain(option);
      expect(inZsh, name).toMatch(new RegExp(`[*,'{]${option}[[}]`));
      expect(scripts["fish"], name).toContain(`'__fish_seen_subcommand_from ${name}' -l ${option.slice(2)} `);
    }
  }
});

test("the script is bash that bash takes, whatever is switched on", () => {
  const script = charmMesh(["completion", "bash"]).out;
  expect(spawnSync("bash", ["-n"], { input: script }).status).toBe(0);
  expect(spawnSync("bash", ["--posix", "-euc", script]).status).toBe(0);
});

test("a shell that is not known is wrong use", () => {
  expect(charmMesh(["completion", "powershell"])).toMatchObject({ code: 2, out: "" });
});
