import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../tidy/source-tree.ts";
import { charmMesh, inFolder } from "./command-line.ts";

const bundle = readFileSync(path.join(root, "samples/observability/bundle.yaml"), "utf8");

const piped = (args: readonly string[], input: string, cwd?: string) => charmMesh(args, cwd, {}, input);

test("`-t -` takes the deployment from standard input", () => {
  const named = charmMesh(["policies", "observability", "-t", "observability/bundle.yaml", "--format", "yaml"]);
  const given = piped(["policies", "observability", "-t", "-", "--format", "yaml"], bundle);
  expect(given.out).toContain("kind: AuthorizationPolicy");
  expect([given.code, given.out]).toEqual([0, named.out]);
});

test("`--cluster -` takes the cluster's policies from standard input", () => {
  const manifests = charmMesh(["policies", "observability", "--format", "yaml"]).out;
  expect(piped(["drift", "observability", "--cluster", "-"], manifests).code).toBe(0);
  const less = manifests.slice(0, manifests.lastIndexOf("\n---"));
  expect(piped(["drift", "observability", "--cluster", "-"], less).code).toBe(1);
});

test("standard input that is empty, or asked for twice, ends with 2 and says why", () => {
  const empty = piped(["policies", "observability", "-t", "-"], "");
  expect([empty.code, empty.out]).toEqual([2, ""]);
  expect(empty.err).toContain("Standard input is empty");
  for (const command of [["drift", "observability", "--cluster", "-"], ["explain"]]) {
    const twice = piped([...command, "-t", "-"], bundle);
    expect([twice.code, twice.out]).toEqual([2, ""]);
    expect(twice.err).toContain("can't both be read from standard input");
  }
});

const CHARM = {
  "charmcraft.yaml": `name: shop
type: charm
requires:
  service-mesh: { interface: service_mesh }
provides:
  api: { interface: http }
`,
  "src/charm.py": `import os
import ops
from charmlibs.interfaces.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer

class Shop(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self._mesh = ServiceMeshConsumer(self, policies=[
            AppPolicy(relation="api", endpoints=[Endpoint(ports=[80])]),
            AppPolicy(relation="api", endpoints=[Endpoint(ports=[int(os.environ["PORT"])])]),
        ])
`,
};

const deployed = (charm: string, mesh: boolean) => `models:
  m:
    applications:
      one: { charm: ${charm} }
      two: { charm: other }
      beacon: { charm: istio-beacon-k8s }
    relations:
      - [one:api, two:api]
${mesh ? "      - [one:service-mesh, beacon:service-mesh]\n" : ""}`;

const under = (folder: string) =>
  Object.fromEntries(Object.entries(CHARM).map(([name, text]) => [`${folder}/${name}`, text]));

test("a manifest that is not certain is a comment, and is written only with --include-uncertain", () => {
  inFolder(under("shop"), (folder) => {
    const args = ["policies", "shop", "-t", "-", "--format", "yaml"];
    const certain = piped(args, deployed("shop", true), folder).out;
    const all = piped([...args, "--include-uncertain"], deployed("shop", true), folder).out;
    const kinds = (text: string) => text.split("kind: AuthorizationPolicy").length - 1;
    expect([kinds(certain), kinds(all)]).toEqual([1, 2]);
    expect(certain).toMatch(/^# left out because it is not certain \(--include-uncertain writes it\): m\/.+: .+$/m);
    expect(all).toMatch(/^# not certain: .+\n---$/m);
  });
});

test("a manifest that Istio refuses is a comment, also with --include-uncertain, and lets nothing through in the table", () => {
  const refused = CHARM["src/charm.py"].replace("ports=[80]", 'ports=[80], paths=["/users/{id}"]');
  inFolder({ ...under("shop"), "shop/src/charm.py": refused }, (folder) => {
    const args = ["policies", "shop", "-t", "-", "--format"];
    for (const more of [[], ["--include-uncertain"]]) {
      const { out } = piped([...args, "yaml", ...more], deployed("shop", true), folder);
      expect(out).not.toMatch(/^ .*users/m);
      expect(out).toMatch(/^# left out because Istio refuses it: m\/\S+: the path \/users\/\{id\} has braces/m);
    }
    const table = piped([...args, "table"], deployed("shop", true), folder).out;
    expect(table).toMatch(/Service one@m +nothing: Istio refuses it/);
  });
});

test("a charm of tests takes part where its folder is named", () => {
  inFolder(under("tests/integration/testers/shop"), (folder) => {
    const named = piped(["policies", "tests/integration/testers", "-t", "-"], deployed("shop", true), folder);
    expect(named.out).toContain("two");
    const whole = piped(["policies", ".", "-t", "-"], deployed("shop", true), folder);
    expect(whole.out).not.toContain("two");
  });
});

test("a deployment that leaves a charm of the workspace off the mesh says so", () => {
  inFolder(under("shop"), (folder) => {
    const notice = /shop has no application on the mesh in this deployment/;
    const told = (text: string) => notice.test(piped(["policies", "shop", "-t", "-"], text, folder).err);
    expect([told(deployed("shop", false)), told(deployed("elsewhere", true)), told(deployed("shop", true))]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test("Terraform sources without a plan are answered with the commands that make one", () => {
  inFolder({ ...under("shop"), "shop/terraform/main.tf": 'resource "juju_application" "shop" {}\n' }, (folder) => {
    const hint = "terraform plan -out plan && terraform show -json plan > plan.json";
    expect(charmMesh(["policies", "shop"], folder).err).toContain(hint);
    expect(piped(["policies", "shop", "-t", "-"], deployed("shop", true), folder).err).not.toContain(hint);
  });
});
