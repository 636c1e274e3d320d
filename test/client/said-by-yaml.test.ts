import { expect, test } from "vitest";
import { saidByYaml } from "../../client/src/reported-by-yaml.ts";

const RED_HAT = { validates: true, hasSchemas: true };
const at = (code: unknown, isEmpty = false) => ({ code, range: { isEmpty } }) as Parameters<typeof saidByYaml>[1];
const rule = (name: string) => ({ value: name, target: "https://example.org" });

test.each([
  ["broken syntax", "coordinator/charmcraft.yaml", rule("unreadable-file")],
  ["broken syntax of any YAML file", "bundle.yml", "unreadable-file"],
  ["a relation against charmcraft's schema", "/work/charm/charmcraft.yaml", rule("invalid-relation-block")],
])("Red Hat's YAML says it too: %s", (_what, path, code) => {
  expect(saidByYaml(path, at(code), RED_HAT)).toBe(true);
  expect(saidByYaml(path, at(code), null)).toBe(false);
  expect(saidByYaml(path, at(code), { ...RED_HAT, validates: false })).toBe(false);
});

test.each([
  ["a file that can't be read at all", "charmcraft.yaml", at("unreadable-file", true)],
  ["what the mesh is about", "charmcraft.yaml", at("undeclared-endpoint")],
  ["a relation in a file without a schema", "metadata.yaml", at("invalid-relation-block")],
  ["a charm that can't be read as Python", "src/charm.py", at("unreadable-file")],
])("only we say it: %s", (_what, path, diagnostic) => {
  expect(saidByYaml(path, diagnostic, RED_HAT)).toBe(false);
});

test("without schemas from the store, Charm Mesh reports violations of charmcraft's schema", () => {
  const noSchemas = { ...RED_HAT, hasSchemas: false };
  expect(saidByYaml("charmcraft.yaml", at("invalid-relation-block"), noSchemas)).toBe(false);
  expect(saidByYaml("charmcraft.yaml", at("unreadable-file"), noSchemas)).toBe(true);
});
