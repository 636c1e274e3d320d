import { beforeAll, describe, expect, it } from "vitest";
import { rulePage } from "./rule-page.ts";
import { diagnosticsIn, fixedTexts } from "./scene-diagnostics.ts";

/* What becomes of a consumer beside a coordinator: the page has the finding, here is the text after its fix. */

const PYTHON = "coordinator/src/charm.py";
const CONSUMER = "        self._mesh = ServiceMeshConsumer(self, policies=self._mesh_policies)\n";

let files: ReadonlyMap<string, string>;
beforeAll(async () => {
  const scene = rulePage("consumer-beside-coordinator").example.find((each) => each.title !== "");
  files = scene?.files ?? new Map();
});

function fixOf(change: (python: string) => string) {
  const python = files.get(PYTHON) ?? "";
  const texts = new Map(files).set(PYTHON, change(python));
  const found = diagnosticsIn(texts).find((each) => each.code === "consumer-beside-coordinator");
  expect(found).toBeDefined();
  const [fix] = found?.fixes ?? [];
  return fix ? (fixedTexts(texts, fix.edits).get(PYTHON) ?? "") : null;
}

describe("a consumer beside a coordinator", () => {
  it("becomes the coordinator's mesh keys and policies, and its import goes", () => {
    const after = fixOf((python) => python) ?? "";
    expect(after).not.toContain("ServiceMeshConsumer");
    expect(after).toContain(
      "from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, Method, UnitPolicy\n",
    );
    expect(after).toContain("            charm_mesh_policies=self._mesh_policies,\n");
    for (const key of ["service-mesh", "service-mesh-provide-cmr-mesh", "service-mesh-require-cmr-mesh"])
      expect(after).toContain(`"${key}": "`);
  });

  it("may have its policies spelt out, as long as they name nothing local", () => {
    const list = '[AppPolicy(relation="vault-api", endpoints=[Endpoint(ports=[API_PORT])])]';
    expect(fixOf((python) => python.replace("policies=self._mesh_policies", `policies=${list}`))).toContain(
      `charm_mesh_policies=${list},`,
    );
    const local = list.replace("API_PORT", "port");
    expect(
      fixOf((python) =>
        python.replace(CONSUMER, `        port = 1\n${CONSUMER.replace("self._mesh_policies", local)}`),
      ),
    ).toBeNull();
  });

  it.each([
    ["used further on", (python: string) => python.replace(CONSUMER, `${CONSUMER}        self._mesh.mesh_type()\n`)],
    ["made under a condition", (python: string) => python.replace(CONSUMER, `        if self.app:\n    ${CONSUMER}`)],
    ["with auto_join off", (python: string) => python.replace("policies=self._mesh_policies)", "auto_join=False)")],
    [
      "beside a coordinator without telemetry proxy",
      (python: string) => python.replace(/ +worker_telemetry_proxy_config=.*\n/, ""),
    ],
  ])("is left to its author where it is %s", (_, change) => {
    expect(fixOf(change)).toBeNull();
  });
});
