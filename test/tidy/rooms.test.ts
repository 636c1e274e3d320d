import path from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, importsOf, NEUTRAL_PARTS, ROOMS, roomOf, textOf } from "./source-tree.ts";

const sources = ROOMS.flatMap((room) => filesBelow(room.folder, /\.tsx?$/)).filter(
  (file, index, all) => all.indexOf(file) === index,
);

test("there are sources to look at", () => {
  expect(sources.length).toBeGreaterThan(50);
});

describe("who may import whom", () => {
  for (const room of ROOMS) {
    test(`${room.folder} imports only what it may, from public interfaces`, () => {
      const wrong: string[] = [];
      for (const file of sources.filter((one) => roomOf(one) === room)) {
        for (const { from } of importsOf(textOf(file))) {
          if (from.startsWith(".")) {
            const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), from));
            const neutral = NEUTRAL_PARTS[room.folder];
            const inside =
              target.startsWith(`${room.folder}/`) || (neutral !== undefined && target.startsWith(`${neutral}/`));
            if (!inside) wrong.push(`${file} reaches into ${target}`);
            else if (!/\.(?:tsx?|ts\?script|css|json)$/.test(target))
              wrong.push(`${file} imports ${from} without its ending`);
          } else if (from.startsWith("#")) {
            if (!room.imports.includes(from)) wrong.push(`${file} imports ${from}`);
          } else if (
            !room.packages.some((name) => from === name || from.startsWith(name.endsWith(":") ? name : `${name}/`))
          ) {
            wrong.push(`${file} uses the package ${from}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    });
  }

  test("the neutral server never imports a platform entry of vscode-languageserver", () => {
    const wrong = sources
      .filter((file) => file.startsWith("server/src/"))
      .filter((file) =>
        importsOf(textOf(file)).some(({ from }) => /^vscode-languageserver\/(?:node|browser|lib\/node)/.test(from)),
      );
    expect(wrong).toEqual([]);
  });
});

/** The parts of a room from the lowest up: a part imports only parts to its left. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  "engine/python": ["fact", "evaluate"],
  "engine/mesh": ["topology", "policy", "graph", "review"],
  "engine/ide": ["edits", "facts", "fixes", "rules"],
};

for (const [folder, order] of Object.entries(PARTS)) {
  test(`inside ${folder}, a part imports only parts to its left: ${order.join(", ")}`, () => {
    const part = (file: string): number => order.indexOf(file.slice(`${folder}/src/`.length).split("/")[0] ?? "");
    const wrong: string[] = [];
    for (const file of sources.filter((one) => one.startsWith(`${folder}/src/`) && part(one) >= 0)) {
      for (const { from } of importsOf(textOf(file))) {
        if (!from.startsWith(".")) continue;
        const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), from));
        if (part(target) > part(file)) wrong.push(`${file} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });
}

test("no cycle between files", () => {
  const edges = new Map(
    sources.map((file) => [
      file,
      importsOf(textOf(file))
        .filter(({ from, typeOnly }) => from.startsWith(".") && !typeOnly)
        .map(({ from }) => path.posix.normalize(path.posix.join(path.posix.dirname(file), from))),
    ]),
  );
  const cycles: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      cycles.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
      return;
    }
    state.set(file, "open");
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of sources) visit(file, []);
  expect(cycles).toEqual([]);
});
