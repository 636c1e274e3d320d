import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { meshTopologyJsonSchema } from "../../engine/mesh/src/topology/sources/mesh-topology-schema.ts";

it("the published schema is the one that reads the file (npm run generate)", () => {
  const published = readFileSync(new URL("../../schemas/mesh-topology.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(meshTopologyJsonSchema())));
});
