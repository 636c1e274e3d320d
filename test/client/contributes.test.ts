import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULES, settingsSchema } from "#ide";
import { panelMessageSchema } from "#protocol";
import { COMMANDS, MENU_COMMANDS } from "../../client/src/command-names.ts";
import { configurationBlock } from "../../scripts/configuration.mts";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const { contributes } = manifest;
const commandNames: string[] = contributes.commands.map(({ command }: { command: string }) => command);

test("package.json contributes the commands that the client registers", () => {
  expect(commandNames).toEqual([...COMMANDS, ...Object.keys(MENU_COMMANDS)]);
});

test("every text of the manifest has its words, and no words are left over", () => {
  const words = JSON.parse(readFileSync("package.nls.json", "utf8"));
  const named = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(Object.keys(words).sort());
});

test("links in texts run contributed commands, or VS Code's own", () => {
  const texts: string[] = Object.values(JSON.parse(readFileSync("package.nls.json", "utf8")));
  const run = texts.flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)].map(([, name]) => name ?? ""));
  expect(run.filter((name) => name.startsWith("charmMesh.") && !commandNames.includes(name))).toEqual([]);
});

test("menus name contributed commands only", () => {
  const named = Object.values(contributes.menus as Record<string, { command?: string }[]>)
    .flat()
    .flatMap(({ command }) => command ?? []);
  expect(named.filter((command) => !commandNames.includes(command))).toEqual([]);
});

test("the menus of the graph offer each of their commands, which are no commands of the palette", () => {
  const names = Object.keys(MENU_COMMANDS).sort();
  const commands = (menu: string) => contributes.menus[menu].map(({ command }: { command: string }) => command).sort();
  expect(commands("webview/context")).toEqual(names);
  const hidden = contributes.menus.commandPalette.filter(({ when }: { when: string }) => when === "false");
  expect(hidden.map(({ command }: { command: string }) => command).sort()).toEqual(expect.arrayContaining(names));
});

test("the panel may run contributed commands only", () => {
  const option = panelMessageSchema.def.options.find(({ shape }) => shape.type.def.values.includes("command" as never));
  const commands = option && "command" in option.shape ? option.shape.command.options : [];
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((command) => !commandNames.includes(command))).toEqual([]);
});

test("the settings are those of the schema, each rule by name: npm run generate writes them", () => {
  expect(contributes.configuration).toEqual(configurationBlock(settingsSchema, RULES));
});

test("every grammar that is contributed is one that is built", () => {
  const built = readdirSync("syntaxes")
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `./dist/syntaxes/${name.replace(/\.yaml$/, ".tmLanguage.json")}`);
  expect(contributes.grammars.map(({ path }: { path: string }) => path).sort()).toEqual(built.sort());
});

test("icons are there", () => {
  const icons = JSON.stringify(manifest).match(/media\/[\w./-]+/g) ?? [];
  expect(icons.length).toBeGreaterThan(2);
  expect(icons.filter((icon) => !existsSync(icon))).toEqual([]);
});
