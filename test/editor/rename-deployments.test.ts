import { describe, expect, test } from "vitest";
import { type Analysis, analysis, DEFAULT_SETTINGS, definition, hover, references, renamed } from "#ide";
import { applyEdits, type FileEdit, sourceFile } from "#syntax";
import { charmsIn } from "../support/charm-fixture.ts";
import { MINI_COORDINATOR } from "../support/minicharms.ts";
import { placed } from "./scene.ts";

const BUNDLE = `
applications:
  front: {charm: mini-coordinator-k8s}
  other: {charm: mini-api-k8s, offers: {other: {endpoints: [mini-api]}}}
  local:
    charm: ./coordinator
    offers:
      api: {endpoints: [mini-api]}
relations:
- [front:mini-api, "other:mini-api"]
- - 'local:mini-api'
  - [other:client, other:more]
`;

const TOPOLOGY = `
models:
  m:
    applications: {front: {charm: mini-coordinator-k8s}, far: {charm: far-k8s}}
    relations:
      - [front:mini-api, far:mini-api]
cross-model:
  - {provider: "m.front:mini-api", consumer: "n.client:api"}
`;

const OUTPUTS = `
output "endpoints" {
  value = {
    # "mini-api"
    mini_api = "mini-api",
  }
}
output "note" {
  value = "mini-api"
}
`;

const MAIN = `
resource "juju_application" "x" {
  charm {
    name = "mini-coordinator-k8s"
  }
}
`;

type Files = Readonly<Record<string, string>>;

async function workspace(topologies: Files, terraform: Files = {}): Promise<Analysis> {
  const files = (given: Files) => Object.entries(given).map(([path, text]) => sourceFile(path, text));
  return analysis({
    charms: charmsIn(MINI_COORDINATOR.replaceAll("//- ", "//- coordinator/")),
    topologies: files(topologies),
    terraform: files(terraform),
    settings: DEFAULT_SETTINGS,
  });
}

function rename(found: Analysis, path: string, offset: number): { certain: FileEdit[]; asked: FileEdit[] } {
  const made = renamed(found, path, offset, "api");
  if (made === null || "refusal" in made) throw new Error(`refused: ${JSON.stringify(made)}`);
  return { certain: [...made.edits], asked: [...made.uncertain] };
}

const edited = (edits: readonly FileEdit[], path: string, text: string): string =>
  applyEdits(text, edits.find((each) => each.path === path)?.edits ?? []);

describe("a rename in deployment files", () => {
  test("of a bundle: applications of the charm, by name and by folder, and no others", async () => {
    const found = await workspace({ "bundle.yaml": BUNDLE });
    const { certain, asked } = rename(found, "bundle.yaml", BUNDLE.indexOf("front:mini-api") + 8);
    expect(edited(certain, "bundle.yaml", BUNDLE)).toBe(
      BUNDLE.replace("front:mini-api", "front:api")
        .replace("local:mini-api", "local:api")
        .replace("api: {endpoints: [mini-api]}\nrelations", "api: {endpoints: [api]}\nrelations"),
    );
    expect(certain.map(({ path }) => path)).toContain("coordinator/charmcraft.yaml");
    expect(asked).toEqual([]);
  });

  test("of mesh-topology.yaml, inside a model and across models", async () => {
    const found = await workspace({ "mesh-topology.yaml": TOPOLOGY });
    const { certain } = rename(found, "mesh-topology.yaml", TOPOLOGY.indexOf("front:mini-api"));
    expect(edited(certain, "mesh-topology.yaml", TOPOLOGY)).toBe(TOPOLOGY.replaceAll("front:mini-api", "front:api"));
  });

  test("of Terraform: outputs of the charm's own module for certain, other strings of it only when asked", async () => {
    const found = await workspace(
      {},
      {
        "coordinator/terraform/main.tf": MAIN,
        "coordinator/terraform/outputs.tf": OUTPUTS,
        "terraform/main.tf": 'endpoint = "mini-api"\nname = "mini-api"\n',
      },
    );
    const relation = found.charms[0]?.metadata.relations.find(({ endpoint }) => endpoint === "mini-api");
    const { certain, asked } = rename(found, "coordinator/charmcraft.yaml", relation?.key.span.start ?? -1);
    expect(edited(certain, "coordinator/terraform/outputs.tf", OUTPUTS)).toBe(
      OUTPUTS.replace('mini_api = "mini-api"', 'mini_api = "api"'),
    );
    expect(edited(asked, "coordinator/terraform/outputs.tf", OUTPUTS)).toBe(
      OUTPUTS.replace('value = "mini-api"', 'value = "api"'),
    );
    expect(edited(asked, "terraform/main.tf", 'endpoint = "mini-api"\nname = "mini-api"\n')).toBe(
      'endpoint = "api"\nname = "mini-api"\n',
    );
  });

  test("where several charms have the name, each place is asked about", async () => {
    const charms = [
      ...charmsIn(MINI_COORDINATOR.replaceAll("//- ", "//- a/")),
      ...charmsIn(MINI_COORDINATOR.replaceAll("//- ", "//- b/")),
    ];
    const bundle = sourceFile("bundle.yaml", BUNDLE.replace("./coordinator", "elsewhere"));
    const found = analysis({ charms, topologies: [bundle], settings: DEFAULT_SETTINGS });
    const { certain, asked } = rename(found, "bundle.yaml", BUNDLE.indexOf("front:mini-api"));
    expect(certain.map(({ path }) => path)).not.toContain("bundle.yaml");
    expect(asked.map(({ path }) => path)).toEqual(["bundle.yaml"]);
  });
});

describe("application:endpoint in a bundle", () => {
  test("has a definition, references and a hover", async () => {
    const found = await workspace({ "bundle.yaml": BUNDLE });
    const offset = BUNDLE.indexOf("front:mini-api") + 1;
    expect(definition(found, "bundle.yaml", offset)?.places.map(placed)).toEqual([
      "coordinator/charmcraft.yaml:15 mini-api",
    ]);
    expect(references(found, "bundle.yaml", offset, false).map(placed)).toEqual([
      "coordinator/src/charm.py:55 mini-api",
      "bundle.yaml:8 mini-api",
      "bundle.yaml:10 mini-api",
      "bundle.yaml:11 mini-api",
    ]);
    expect(hover(found, "bundle.yaml", offset)?.markdown).toContain("`front` is `mini-coordinator-k8s`.");
    expect(hover(found, "bundle.yaml", BUNDLE.indexOf("other:mini-api"))).toBeNull();
  });

  test("names an endpoint that the charm does not declare", async () => {
    const bundle = BUNDLE.replace("front:mini-api", "front:nothing");
    const found = await workspace({ "bundle.yaml": bundle });
    const offset = bundle.indexOf("front:nothing");
    expect(hover(found, "bundle.yaml", offset)?.markdown).toContain("declares no endpoint `nothing`");
    expect(definition(found, "bundle.yaml", offset)).toBeNull();
  });
});
