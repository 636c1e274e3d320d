import { describe, expect, test } from "vitest";
import { completions, signatureHelp } from "#ide";
import { fixtureFiles } from "../support/charm-fixture.ts";
import { MINI_COORDINATOR } from "../support/minicharms.ts";
import { scene } from "./scene.ts";

const CHARM = fixtureFiles(MINI_COORDINATOR).get("src/charm.py") ?? "";
const YAML = fixtureFiles(MINI_COORDINATOR).get("charmcraft.yaml") ?? "";

/** The labels proposed where `$0` stands after a replacement in the coordinator's Python, the best first. */
async function proposed(from: string, to: string): Promise<string[]> {
  if (!CHARM.includes(from)) throw new Error(`no “${from}”`);
  const { analysis, path, offset } = await scene(MINI_COORDINATOR, `//- src/charm.py\n${CHARM.replace(from, to)}`);
  return labels(completions(analysis, path, offset));
}

function labels(found: ReturnType<typeof completions>): string[] {
  return [...found].sort((a, b) => a.rank - b.rank).map((each) => each.label);
}

describe("in the endpoint map", () => {
  test("keys that are not there yet, with the relation that fits", async () => {
    const overlay = `//- src/charm.py\n${CHARM.replace('"s3": "s3",', "$0")}`;
    const { analysis, path, offset } = await scene(MINI_COORDINATOR, overlay);
    const found = completions(analysis, path, offset);
    expect(labels(found)).toEqual(["s3", "receive-datasource", "catalogue"]);
    expect(found.find((each) => each.label === "s3")?.insert).toBe('"s3": "s3",');
    expect(found.find((each) => each.label === "catalogue")?.insert).toBe('"catalogue": None,');
  });

  test("keys inside quotes", async () => {
    expect(await proposed('"s3": "s3",', '"$0": "s3",')).toContain("s3");
  });

  test("values: relations of the key's interface and side", async () => {
    expect(await proposed('"logging": "logging"', '"logging": "$0"')).toEqual(["logging"]);
    expect(await proposed('"charm-tracing": "charm-tracing"', '"charm-tracing": "$0"')).toEqual([
      "charm-tracing",
      "workload-tracing",
    ]);
    expect(await proposed('"cluster": "mini-cluster"', '"cluster": "$0"')).toEqual(["mini-cluster"]);
  });

  test("while the map is broken", async () => {
    expect(await proposed('"s3": "s3",', '"s3": "$0')).toEqual(["s3"]);
  });
});

describe("in policies", () => {
  test("relations, those first over which another application connects", async () => {
    const found = await proposed('relation="mini-api"', 'relation="$0"');
    expect(found).toContain("mini-api");
    expect(found.indexOf("metrics-endpoint")).toBeLessThan(found.indexOf("s3"));
  });

  test("keywords that are not given yet", async () => {
    expect(await proposed('AppPolicy(relation="mini-api", ', 'AppPolicy(relation="mini-api", $0')).toEqual([
      "service=",
    ]);
    expect(await proposed("AppPolicy(relation", "UnitPolicy($0), AppPolicy(relation")).toEqual(["relation=", "ports="]);
  });

  test("ports that the charm knows by name", async () => {
    expect(await proposed("ports=[Mini.http_port]", "ports=[$0]")).toEqual(["PROXY_PORT", "Mini.http_port"]);
  });

  test("members of Method", async () => {
    const found = await proposed("ports=[Mini.http_port]", "methods=[Method.$0]");
    expect(found).toHaveLength(9);
    expect(found).toContain("get");
  });

  test("nothing in calls of others, in comments and in ordinary strings", async () => {
    expect(await proposed("workers_config=lambda", "x=print($0), workers_config=lambda")).toEqual([]);
    expect(await proposed("workers_config=lambda", "# AppPolicy($0\n            workers_config=lambda")).toEqual([]);
    expect(await proposed("return socket.getfqdn()", 'return "$0"')).toEqual([]);
  });
});

describe("in charmcraft.yaml", () => {
  test("interfaces, the mesh's first", async () => {
    const overlay = `//- charmcraft.yaml\n${YAML.replace("interface: loki_push_api", "interface: $0")}`;
    const { analysis, path, offset } = await scene(MINI_COORDINATOR, overlay);
    const found = labels(completions(analysis, path, offset));
    expect(found.slice(0, 2).sort()).toEqual(["cross_model_mesh", "service_mesh"]);
    expect(found).toContain("loki_push_api");
  });

  test("the guide's relations that are missing, as blocks", async () => {
    const without = YAML.replace("  require-cmr-mesh:\n    interface: cross_model_mesh\n", "  $0\n");
    const { analysis, path, offset } = await scene(MINI_COORDINATOR, `//- charmcraft.yaml\n${without}`);
    const [block, ...rest] = completions(analysis, path, offset);
    expect(rest).toEqual([]);
    expect(block?.insert).toMatch(
      /^require-cmr-mesh:\n {4}interface: cross_model_mesh\n {4}optional: true\n {4}description: \|\n {6}\S/,
    );
  });
});

describe("signature help", () => {
  test("names the parameter that is being written", async () => {
    const overlay = `//- src/charm.py\n${CHARM.replace('relation="mini-api"', 'relation="mini$0-api"')}`;
    const { analysis, path, offset } = await scene(MINI_COORDINATOR, overlay);
    const help = signatureHelp(analysis, path, offset);
    expect(help?.signature.name).toBe("AppPolicy");
    expect(help?.active).toBe(0);
  });
  test("nothing outside", async () => {
    const { analysis, path, offset } = await scene(
      MINI_COORDINATOR,
      `//- src/charm.py\n${CHARM.replace("PROXY_PORT = ", "PROXY_PORT = $0")}`,
    );
    expect(signatureHelp(analysis, path, offset)).toBeNull();
  });
});
