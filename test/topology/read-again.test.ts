import { describe, expect, it } from "vitest";
import type { CharmModel } from "#charm";
import { topologiesOf } from "#mesh";
import { sourceFile } from "#syntax";
import { coordinatorModel, modelOf } from "../support/model-fixture.ts";
import { shownRelations } from "./shown.ts";

const bundle = sourceFile(
  "bundle.yaml",
  `applications:
  tempo: { charm: tempo }
  shop: { charm: shop }
relations:
  - [tempo:api, shop]
`,
);
const tempo = coordinatorModel("tempo");

function read(...charms: readonly CharmModel[]) {
  const [topology] = topologiesOf([bundle], charms);
  if (!topology) throw new Error("not recognised");
  return topology;
}

// Typing in one charm of a hundred must not read the deployments of the other ninety-nine again.
describe("a deployment is read again only where it would be another one", () => {
  const shop = modelOf("shop", "requires api=tempo_api");
  const first = read(tempo, shop);

  it("the same, where another charm changes, or one of its own in what deployments don't look at", () => {
    expect(read(tempo, shop, modelOf("elsewhere", "requires x=y"))).toBe(first);
    expect(read(tempo, modelOf("shop", "requires api=tempo_api", { policiesComplete: false }))).toBe(first);
  });

  it("another, where a charm that it names has other endpoints, comes or goes; and the first again afterwards", () => {
    expect(shownRelations(first)).toEqual(["tempo:api - shop:api tempo_api"]);
    const renamed = read(tempo, modelOf("shop", "requires traces=tempo_api"));
    expect(shownRelations(renamed)).toEqual(["tempo:api - shop:traces tempo_api"]);
    expect(shownRelations(read(tempo))).not.toEqual(shownRelations(first));
    expect(shownRelations(read(tempo, shop))).toEqual(shownRelations(first));
  });
});
