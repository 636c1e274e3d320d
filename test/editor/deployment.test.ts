import { describe, expect, test } from "vitest";
import { analysis, DEFAULT_SETTINGS, defaultDeployment, hover, lensAt } from "#ide";
import { sourceFile } from "#syntax";
import { charmsIn, fixtureFiles } from "../support/charm-fixture.ts";
import { MINI_CONSUMER, MINI_COORDINATOR } from "../support/minicharms.ts";

const BUNDLE = `
applications:
  front: {charm: mini-coordinator-k8s, scale: 1, trust: true}
  beacon: {charm: istio-beacon-k8s, scale: 1, trust: true}
  prom: {charm: prometheus-k8s, scale: 1}
  shop: {charm: shop-k8s, scale: 1}
  store: {charm: store-k8s, scale: 1}
relations:
- [front:service-mesh, beacon:service-mesh]
- [front:metrics-endpoint, prom:metrics-endpoint]
- [front:mini-api, shop:mini-api]
- [front:mini-api, store:mini-api]
`;

const SUGGESTED = "in the deployment that the charms suggest";

type Files = Readonly<Record<string, string>>;

/** What is said at a text of a charm's file beside some deployment files. */
async function shown(files: Files, path: string, text: string, within = 1, charms = MINI_COORDINATOR) {
  const topologies = Object.entries(files).map(([name, content]) => sourceFile(name, content));
  const workspace = { charms: charmsIn(charms), topologies, settings: DEFAULT_SETTINGS };
  const found = analysis(workspace);
  const offset = (fixtureFiles(charms).get(path) ?? "").indexOf(text);
  expect(offset).toBeGreaterThan(0);
  return {
    deployment: defaultDeployment(found),
    hover: hover(found, path, offset + within)?.markdown ?? "",
    lens: lensAt(found, path, offset, "show-policies")?.title ?? null,
  };
}

const POLICY = ["src/charm.py", "AppPolicy(relation"] as const;
const SCRAPED = ["charmcraft.yaml", "metrics-endpoint:"] as const;
const CLUSTER = ["src/charm.py", "Coordinator("] as const;

describe("where a file describes the deployment", () => {
  test("a policy becomes what it becomes there, for each application that is related", async () => {
    const { hover: text, lens } = await shown({ "bundle.yaml": BUNDLE }, ...POLICY);
    expect(text).toContain("Becomes, in `bundle.yaml`:");
    expect(text.match(/cluster\.local\/ns\/\w+\/sa\/\w+/g)?.map((name) => name.split("/").at(-1))).toEqual([
      "shop",
      "store",
    ]);
    expect(text).toContain("app.kubernetes.io/instance: model-beacon");
    expect(lens).toBe("2 authorization policies");
  });

  test("a relation is allowed by the policies that are there, under the names of its applications", async () => {
    const { hover: text } = await shown({ "bundle.yaml": BUNDLE }, ...SCRAPED);
    expect(text).toContain("Allowed by, in `bundle.yaml`:\n- `prom` → ");
    expect(text).toContain("pods of `front`: port 9113");
    expect(text).not.toContain("suggest");
  });

  test("the coordinator counts the same policies as its lens, and as there are", async () => {
    const { hover: text, lens, deployment } = await shown({ "bundle.yaml": BUNDLE }, ...CLUSTER);
    const { policies } = deployment.policies;
    // The beacon's own and Istio's concern no single charm.
    const opening = policies.filter(({ origin }) => origin !== "beacon" && origin !== "istio");
    const internal = opening.filter(({ origin }) => origin === "cluster-internal").length;
    const external = opening.length - internal;
    expect(external).toBe(4);
    expect(text).toContain(`${internal} cluster-internal and ${external} external policies in \`bundle.yaml\`.`);
    expect(lens).toBe(`${internal} internal · ${external} external policies`);
  });

  test("what is not related there says so, and what would come of it", async () => {
    const alone = BUNDLE.replace(/- \[front:mini-api.*\n/g, "").replace(/- \[front:metrics.*\n/, "");
    const policy = await shown({ "bundle.yaml": alone }, ...POLICY);
    expect(policy.hover).toContain("Becomes nothing in `bundle.yaml`: nothing is related over `mini-api`.");
    expect(policy.hover).toContain(`Becomes, ${SUGGESTED}:\n\n\`\`\`yaml`);
    expect(policy.lens).toBe("0 authorization policies in bundle.yaml");
    const relation = await shown({ "bundle.yaml": alone }, ...SCRAPED);
    expect(relation.hover).toContain(
      `Nothing is related over it in \`bundle.yaml\`.\n\nAllowed by, ${SUGGESTED}:\n- \`prometheus-scrape\` → `,
    );
  });

  test("without a beacon there nothing is allowed and nothing is made, for that reason", async () => {
    const off = BUNDLE.replace(/- \[front:service-mesh.*\n/, "");
    const reason = "front is not related to a beacon in this topology, so it publishes no policies.";
    const policy = await shown({ "bundle.yaml": off }, ...POLICY);
    expect(policy.hover.replaceAll("\\", "")).toContain(`Becomes nothing in \`bundle.yaml\`: ${reason}`);
    expect(policy.lens).toBe("0 authorization policies in bundle.yaml");
    const relation = await shown({ "bundle.yaml": off }, ...SCRAPED);
    expect(relation.hover.replaceAll("\\", "")).toContain(`Its policies come to nothing in \`bundle.yaml\`: ${reason}`);
    expect(relation.hover).toContain(`Allowed by, ${SUGGESTED}:`);
  });

  test("if a file does not name the endpoint, nothing is reported as absent", async () => {
    const vague = BUNDLE.replace(/- \[front:metrics.*\n/, "- [front, prom]\n");
    const { hover: text } = await shown({ "bundle.yaml": vague }, ...SCRAPED);
    expect(text).not.toContain("Nothing is related");
    expect(text).not.toContain("No policy");
    expect(text).toContain("Allowed by, ");
  });

  test("what no policy covers is denied only where the charm is on the mesh", async () => {
    const bundle = (mesh: string): string => `
applications:
  mini: {charm: mini-k8s, scale: 1}
  beacon: {charm: istio-beacon-k8s, scale: 1}
  web: {charm: web-k8s, scale: 1}
relations:
- [mini:website, web:website]
${mesh}`;
    const uncovered = MINI_CONSUMER.replace(/relation="website"/g, 'relation="metrics-endpoint"');
    const at = ["charmcraft.yaml", "website:", 1, uncovered] as const;
    const on = await shown({ "bundle.yaml": bundle("- [mini:service-mesh, beacon:service-mesh]\n") }, ...at);
    expect(on.hover).toContain("No policy covers it: in hardened mode this traffic is denied.");
    const off = await shown({ "bundle.yaml": bundle("") }, ...at);
    expect(off.hover).toMatch(/No policy covers it\.$/);
  });
});

describe("which deployment is described", () => {
  const source = async (files: Files) => (await shown(files, ...POLICY)).deployment.topology.file?.path ?? null;
  const mesh = `models: { model: { applications: { mine: { charm: mini-coordinator-k8s } } } }\n`;

  test("mesh-topology.yaml before all others, the only other one, else the charms' own", async () => {
    expect(await source({})).toBeNull();
    expect(await source({ "bundle.yaml": BUNDLE })).toBe("bundle.yaml");
    expect(await source({ "bundle.yaml": BUNDLE, "mesh-topology.yaml": mesh })).toBe("mesh-topology.yaml");
    expect(await source({ "a.bundle.yaml": BUNDLE, "b.bundle.yaml": BUNDLE })).toBeNull();
    expect(await source({ "tests/bundle.yaml": BUNDLE })).toBeNull();
  });

  test("a charm that it does not deploy is described in the inferred deployment", async () => {
    const others = BUNDLE.replace("mini-coordinator-k8s", "other-k8s");
    const policy = await shown({ "bundle.yaml": others }, ...POLICY);
    expect(policy.deployment.topology.file?.path).toBe("bundle.yaml");
    expect(policy.hover).toContain(`Becomes, ${SUGGESTED}:`);
    expect(policy.hover).not.toContain("bundle.yaml");
    expect(policy.lens).toBe("1 authorization policy");
    expect((await shown({ "bundle.yaml": others }, ...SCRAPED)).hover).toContain("Allowed by:\n");
    expect((await shown({ "bundle.yaml": others }, ...CLUSTER)).hover).toContain(`external policies ${SUGGESTED}.`);
  });

  test("a charm of tests is no application of it", async () => {
    const tester = MINI_CONSUMER.replaceAll("//- ", "//- tests/tester/").replace("name: mini-k8s", "name: tester-k8s");
    const bundle = "applications:\n  tester: {charm: tester-k8s, scale: 1}\nrelations: []\n";
    const { hover: text } = await shown(
      { "bundle.yaml": bundle },
      "tests/tester/charmcraft.yaml",
      "website:",
      1,
      MINI_COORDINATOR.replaceAll("//- ", "//- charm/") + tester,
    );
    expect(text).toContain("**website** · provides `http`");
    expect(text).not.toContain("bundle.yaml");
  });
});
