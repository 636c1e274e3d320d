import { describe, expect, test } from "vitest";
import { analysis, completions, DEFAULT_SETTINGS } from "#ide";
import { sourceFile } from "#syntax";
import { charmsIn, fixtureFiles } from "../support/charm-fixture.ts";
import { MINI_COORDINATOR } from "../support/minicharms.ts";

type Completion = ReturnType<typeof completions>[number];

const PYTHON = fixtureFiles(MINI_COORDINATOR).get("src/charm.py") ?? "";
const YAML = fixtureFiles(MINI_COORDINATOR).get("charmcraft.yaml") ?? "";

/** What is proposed where `$0` stands in a file that takes the place of the charm's, or stands beside the charm. */
async function proposed(path: string, marked: string): Promise<readonly Completion[]> {
  const offset = marked.indexOf("$0");
  const text = marked.replace("$0", "");
  const files = new Map(fixtureFiles(MINI_COORDINATOR));
  if (files.has(path)) files.set(path, text);
  const beside = files.has(path) ? [] : [sourceFile(path, text)];
  const isSettings = path === ".charm-mesh.yaml";
  const workspace = {
    charms: charmsIn([...files].map(([name, content]) => `//- ${name}\n${content}`).join("\n")),
    topologies: isSettings ? [] : beside,
    settingsFiles: isSettings ? beside : [],
    settings: DEFAULT_SETTINGS,
  };
  return completions(analysis(workspace), path, offset);
}

const python = (line: string) => proposed("src/charm.py", `${PYTHON}\n\nclass X:\n    def f(self):\n        ${line}\n`);
const labels = (found: readonly Completion[]): string[] => found.map(({ label }) => label);

describe("relation names in Python", () => {
  test.each([
    'self.on["$0"]',
    'self.on["me$0trics"].relation_changed',
    'self.model.relations["$0"]',
    'self.meta.requires["$0"]',
    'self.model.get_relation("$0")',
    'self.model.relations.get("$0")',
    'Library(self, relation_name="$0")',
    'Coordinator(peer_relation="$0")',
    'Relation("$0")',
    'harness.add_relation("$0", "x")',
  ])("%s", async (line) => {
    const found = await python(line);
    expect(labels(found)).toContain("mini-api");
    expect(found.find(({ label }) => label === "mini-api")?.insert).toBe("mini-api");
  });

  test("with quotes where there are none", async () => {
    const found = await python("self.model.relations[$0]");
    expect(found.find(({ label }) => label === "mini-api")?.insert).toBe('"mini-api"');
  });

  test.each(['data["$0"]', 'print("$0")', 'harness.add_relation("x", "$0")', 'self.unit.get_container("$0")'])(
    "not in %s",
    async (line) => {
      expect(await python(line)).toEqual([]);
    },
  );

  test("events of every relation", async () => {
    expect(labels(await python("self.framework.observe(self.on.$0, self.f)"))).toContain("mini_api_relation_changed");
  });
});

describe("calls and lists in Python", () => {
  test("policies with their import, endpoints, methods, ports and Services", async () => {
    const bare = PYTHON.replace("AppPolicy, Endpoint, UnitPolicy", "Endpoint");
    const policies = await proposed("src/charm.py", `${bare}\nX = Coordinator(charm_mesh_policies=[$0])\n`);
    expect(labels(policies)).toEqual(["AppPolicy(…)", "UnitPolicy(…)"]);
    expect(policies[0]?.additional.map(({ newText }) => newText).join("")).toContain("AppPolicy");
    expect(labels(await python("ServiceMeshConsumer(self, policies=[$0])"))).toEqual(["AppPolicy(…)", "UnitPolicy(…)"]);
    expect(labels(await python('AppPolicy(relation="x", endpoints=[$0])'))).toEqual(["Endpoint(…)"]);
    expect(labels(await python("Endpoint(methods=[$0])"))).toContain("Method.get");
    expect(labels(await python("Endpoint(ports=[$0])"))).toContain("PROXY_PORT");
    expect(labels(await python('AppPolicy(service="$0")'))).toEqual(["mini-coordinator-k8s"]);
  });

  test.each([
    ["Coordinator($0)", "charm_mesh_policies="],
    ["Worker($0)", "pebble_layer="],
    ["WorkerTelemetryProxyConfig($0)", "http_port="],
    ["ServiceMeshConsumer($0)", "mesh_relation_name="],
  ])("keywords of %s", async (line, keyword) => {
    expect(labels(await python(line))).toContain(keyword);
  });
});

describe("YAML", () => {
  const S3 = "  s3:\n    interface: s3\n    limit: 1";

  test("interfaces in block and flow style replace the whole word", async () => {
    for (const written of [
      "  s3:\n    interface: s$03",
      "  s3: {interface: s$03}",
      "  s3: {limit: 1, interface: s$03}",
    ]) {
      const found = await proposed("charmcraft.yaml", YAML.replace(S3, written));
      expect(labels(found)).toContain("loki_push_api");
      const [{ span } = { span: { start: 0, end: 0 } }] = found;
      expect(span.end - span.start).toBe(2);
    }
  });

  test("the fields that a relation lacks, in block and flow style", async () => {
    expect(labels(await proposed("charmcraft.yaml", YAML.replace(S3, `${S3}\n    $0`)))).toEqual([
      "optional",
      "scope",
      "description",
    ]);
    expect(labels(await proposed("charmcraft.yaml", YAML.replace(S3, "  s3: {interface: s3, $0}")))).toContain("limit");
    expect(await proposed("charmcraft.yaml", YAML.replace("    plugin: uv", "    plugin: uv\n    $0"))).toEqual([]);
  });

  test("libraries in charm-libs", async () => {
    const found = labels(await proposed("charmcraft.yaml", `${YAML}\ncharm-libs:\n  - lib: $0\n`));
    expect(found[0]).toBe("istio_beacon_k8s.service_mesh");
  });

  test("charms, applications and endpoints in bundles and in mesh-topology.yaml", async () => {
    const bundle = (charm: string, relation: string) =>
      `applications:\n  front: {charm: mini-coordinator-k8s}\n  p: {charm: ${charm}}\nrelations:\n- [${relation}]\n`;
    expect(labels(await proposed("bundle.yaml", bundle("$0", "front:x, p:y")))).toEqual(["mini-coordinator-k8s"]);
    expect(labels(await proposed("bundle.yaml", bundle("y", "$0")))).toEqual(["front", "p"]);
    expect(labels(await proposed("bundle.yaml", bundle("y", "front:mini$0, p:y")))).toContain("mini-api");
    const topology =
      "models:\n  m:\n    applications: {front: {charm: mini-coordinator-k8s}}\n    relations:\n      - [front:$0, x:y]\n";
    expect(labels(await proposed("mesh-topology.yaml", topology))).toContain("mini-api");
  });

  test("rules and severities in .charm-mesh.yaml", async () => {
    expect(labels(await proposed(".charm-mesh.yaml", "rules:\n  missing-$0\n"))).toContain("missing-policy");
    expect(labels(await proposed(".charm-mesh.yaml", "rules:\n  missing-policy: $0\n"))).toContain("warning");
    expect(labels(await proposed(".charm-mesh.yaml", "$0\n"))).toEqual(["rules"]);
  });
});
