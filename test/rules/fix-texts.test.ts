import { expect, it } from "vitest";
import { rulePage, type Scene, scenesIn } from "./rule-page.ts";
import { diagnosticsIn, fixedTexts } from "./scene-diagnostics.ts";

/* What some fixes write, where that the finding is gone says too little. */

function scene(rule: string, title: string): Scene {
  const found = rulePage(rule).example.find((each) => each.title === title);
  if (!found) throw new Error(`${rule} has no scene “${title}”`);
  return found;
}

/** The Python of the charm after the one fix of the one finding of a rule. */
function fixedPython({ files }: Scene, code: string): string {
  const [finding] = diagnosticsIn(files).filter((each) => each.code === code);
  const [fix, another] = finding?.fixes ?? [];
  expect(another).toBeUndefined();
  return fixedTexts(files, fix?.edits ?? []).get("shop/src/charm.py") ?? "";
}

it("names the port of a new policy as the policies beside it do", () => {
  expect(fixedPython(scene("missing-policy", "The Service is covered by other policies"), "missing-policy")).toContain(
    '    AppPolicy(relation="grafana-source", endpoints=[Endpoint(ports=[HTTP_PORT])]),\n',
  );
});

it("names a port that no other policy has by its number", () => {
  expect(fixedPython(scene("missing-policy", ""), "missing-policy")).toContain(
    '    UnitPolicy(relation="metrics-endpoint", ports=[9102]),\n',
  );
});

it("hands the name of the relation that is there to a consumer which names none", () => {
  const text = fixedPython(scene("missing-mesh-relation", "Declared under another name"), "missing-mesh-relation");
  expect(text).toContain('            mesh_relation_name="mesh",\n        )\n');
});

it("puts the packaged library's imports where the alphabet has them, as they are written", () => {
  const [moved] = scenesIn(`\`\`\`python shop/src/charm.py#imports
import ops
from charmed_kubeflow_chisme.components import Component
from charms.grafana_k8s.v0.grafana_dashboard import GrafanaDashboardProvider
from charms.istio_beacon_k8s.v0.service_mesh import (
    AppPolicy,
    Endpoint,
    ServiceMeshConsumer,
    UnitPolicy,
)
from charms.loki_k8s.v1.loki_push_api import LogForwarder
\`\`\`
`);
  if (!moved) throw new Error("no scene");
  expect(fixedPython(moved, "mesh-library-moved")).toContain(`import ops
from charmed_kubeflow_chisme.components import Component
from charmlibs.interfaces.service_mesh import (
    AppPolicy,
    Endpoint,
    ServiceMeshConsumer,
    UnitPolicy,
)
from charms.grafana_k8s.v0.grafana_dashboard import GrafanaDashboardProvider
from charms.loki_k8s.v1.loki_push_api import LogForwarder
`);
  const guarded = { ...moved, files: new Map(moved.files) };
  const python = moved.files.get("shop/src/charm.py") ?? "";
  guarded.files.set(
    "shop/src/charm.py",
    python.replace("import (\n    AppPolicy,", "import (  # noqa\n    AppPolicy,"),
  );
  expect(fixedPython(guarded, "mesh-library-moved")).toContain(
    "from charmlibs.interfaces.service_mesh import (  # noqa\n    AppPolicy,\n",
  );
});

it("leaves an import with a comment behind it at its place", () => {
  const [noted] = scenesIn(`\`\`\`python shop/src/charm.py#imports
import ops
from charms.grafana_k8s.v0.grafana_dashboard import GrafanaDashboardProvider
from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer, UnitPolicy  # noqa: E501
\`\`\`
`);
  if (!noted) throw new Error("no scene");
  expect(fixedPython(noted, "mesh-library-moved")).toContain(
    "GrafanaDashboardProvider\nfrom charmlibs.interfaces.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer, UnitPolicy  # noqa: E501\n",
  );
});

it.each([
  ["2.2.4", "coordinated-workers>=2.2.6,<3"],
  ["3.1.0", null],
  ["4.0.0", "coordinated-workers>=4.0.1"],
])("raises coordinated-workers %s within its own major version, to %s", (version, raised) => {
  const { files } = scene("stale-policies", "");
  const old = new Map([...files].map(([path, text]) => [path, text.replace("==2.2.4", `==${version}`)]));
  const found = diagnosticsIn(old).find((each) => each.code === "stale-policies");
  expect(found?.fixes.map((fix) => fixedTexts(old, fix.edits).get("coordinator/pyproject.toml"))).toEqual(
    raised === null ? [] : [expect.stringContaining(`"${raised}"`)],
  );
});

it("renames a misspelt keyword of a policy to the nearest field", () => {
  const [misspelt] = scenesIn(`\`\`\`python shop/src/charm.py#policies
policies=[
    AppPolicy(relation="website", endpoint=[Endpoint(ports=[HTTP_PORT])]),
    UnitPolicy(relation="metrics-endpoint", ports=[METRICS_PORT]),
],
\`\`\`
`);
  if (!misspelt) throw new Error("no scene");
  expect(fixedPython(misspelt, "ignored-argument")).toContain(
    'AppPolicy(relation="website", endpoints=[Endpoint(ports=[HTTP_PORT])]),\n',
  );
});
