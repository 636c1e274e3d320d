import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { KEY_HELP, keyAction } from "../../webview/src/picture/keys.ts";
import { filesBelow, importsOf, NEUTRAL_PARTS, ROOMS, textOf } from "./source-tree.ts";

// What the documents say of the project itself: nothing that there is not, and nothing left out.

const GUIDES = filesBelow("docs/guide", /\.md$/);
const PAGES = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ...GUIDES];
const manifest = JSON.parse(textOf("package.json"));

/** The rows of the tables on a page that begin with code, each as what its first cell has in code. */
function codeRows(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code),
  );
}

test("ARCHITECTURE.md says who may import whom as it is held", () => {
  const [, table = ""] = /## Who may import whom\n\n```\n([\s\S]*?)```/.exec(textOf("ARCHITECTURE.md")) ?? [];
  const names = (cell: string): readonly string[] =>
    cell
      .replace(/\([^)]*\)/g, "")
      .split(",")
      .map((name) => name.replace(/^ *and /, "").trim())
      .filter((name) => !["", "nothing", "no package"].includes(name));
  const documented = [...table.matchAll(/^(\S+) +─▶ (.*?) {2,}(.*)$/gm)].map(
    ([, folder = "", rooms = "", packages = ""]) => ({
      folder,
      rooms: [...names(rooms)].sort(),
      packages: [...names(packages)].sort(),
    }),
  );
  const held = ROOMS.map(({ folder, imports, packages }) => ({
    folder,
    rooms: [...imports.map((name) => name.slice(1)), ...[NEUTRAL_PARTS[folder] ?? []].flat()].sort(),
    packages: [...packages].sort(),
  }));
  expect(documented).toEqual(held);
});

test("no room may import what it does not", () => {
  const unused = ROOMS.flatMap(({ folder, imports, packages }) => {
    const used = filesBelow(folder, /\.tsx?$/).flatMap((file) => importsOf(textOf(file)).map(({ from }) => from));
    return [...imports, ...packages]
      .filter((name) => !used.some((from) => from === name || from.startsWith(name.endsWith(":") ? name : `${name}/`)))
      .map((name) => `${folder}: ${name}`);
  });
  expect(unused).toEqual([]);
});

test("every file and folder of ours that a document names is there", () => {
  const OURS =
    /^(?:engine|protocol|disk|server|client|webview|cli|syntaxes|docs|schemas|samples|media|l10n|scripts|test)\/[\w./-]+$/;
  const named = [...PAGES, ...filesBelow("docs/rules", /\.md$/)].flatMap((page) =>
    [...textOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => ({ page, code })),
  );
  const ours = named.filter(({ code }) => OURS.test(code));
  expect(ours.length).toBeGreaterThan(30);
  expect(ours.filter(({ code }) => !existsSync(code))).toEqual([]);
});

test("the documents name every npm script, and only scripts that exist", () => {
  const text = PAGES.map(textOf).join("\n");
  const run = [...text.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[\w-]+)/g)].map(([, name = ""]) => name);
  expect([...new Set(run)].sort()).toEqual(Object.keys(manifest.scripts).sort());
});

test("the first steps name every command of the extension, and every setting", () => {
  const guide = textOf("docs/guide/first-steps.md");
  const words = JSON.parse(textOf("package.nls.json"));
  // Commands of the graph's own menus are not in the palette.
  const hidden: string[] = manifest.contributes.menus.commandPalette.map(({ command }: { command: string }) => command);
  const titles = manifest.contributes.commands
    .filter(({ command }: { command: string }) => !hidden.includes(command))
    .map(({ title }: { title: string }) => words[title.slice(1, -1)]);
  const [, table = ""] = /\| command \| what it does \|\n\|[-|]+\n((?:\|.*\n)*)/.exec(guide) ?? [];
  expect([...table.matchAll(/^\| ([^|]+) \|/gm)].map(([, title]) => title)).toEqual(titles);
  for (const name of Object.keys(manifest.contributes.configuration.properties)) expect(guide).toContain(`\`${name}\``);
});

test("the keys of the guide are those of the picture", () => {
  const SPELT: Readonly<Record<string, string>> = { Space: " ", Esc: "Escape", Shift: "Home" };
  const guide = textOf("docs/guide/reading-the-graph.md");
  const rows = codeRows(guide.slice(guide.indexOf("## By keyboard")));
  const bare = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  for (const key of rows.flat()) expect(keyAction({ key: SPELT[key] ?? key, ...bare }), key).not.toBeNull();
  // The arrow keys' own row begins with no code.
  expect(rows.length + 1).toBe(KEY_HELP.length);
});

test("the guide of CI names every input of the action with its default", () => {
  const rows = [...textOf("docs/guide/ci.md").matchAll(/^\| `([\w-]+)` \| (?:`([^`]*)`)? ?\|/gm)];
  const inputs = parse(textOf("action.yml")).inputs as Record<string, { default: string }>;
  expect(rows.map(([, name, value = ""]) => [name, value])).toEqual(
    Object.entries(inputs).map(([name, { default: value }]) => [name, value]),
  );
});
