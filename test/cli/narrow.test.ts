import { expect, test } from "vitest";
import { charmMesh } from "./command-line.ts";

/* A terminal says its width, or a caller does in COLUMNS; a pipe gets everything. */

const policies = (env: Readonly<Record<string, string>>) =>
  charmMesh(["policies", "observability"], "samples", env).out;

test("a narrow terminal gets a table that fits: no origin, no line, no model where there is one", () => {
  const narrow = policies({ COLUMNS: "100" }).split("\n");
  const table = narrow.slice(narrow.findIndex((line) => line.startsWith("FROM")));
  expect(table[0]).toMatch(/^FROM +TO +WHAT$/);
  expect(Math.max(...table.map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(table.join("\n")).toContain("pods of cluster quarry");
  expect(table.join("\n")).not.toContain("@model");
});

test("a wide one and a pipe get every column", () => {
  for (const env of [{}, { COLUMNS: "400" }, { COLUMNS: "wide" }, { COLUMNS: "0" }])
    expect(policies(env)).toMatch(/^ORIGIN +FROM +TO +WHAT +BECAUSE$/m);
});
