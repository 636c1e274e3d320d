import { expect, test } from "vitest";
import { DEFAULT_GRAPH_OPTIONS, policiesRequest } from "#protocol";
import { lspClient } from "../support/lsp-client.ts";

const FORGED = "\\nkind: Forged\\n\\u202e";
const files = {
  "c/charmcraft.yaml": `name: "c${FORGED}"\ntype: charm\nrequires: {service-mesh: {interface: service_mesh, limit: 1}}\nprovides: {"api${FORGED}": {interface: "http${FORGED}"}}\n`,
  "c/src/charm.py": `import ops
from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer, UnitPolicy


class C(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self.m = ServiceMeshConsumer(self, policies=[UnitPolicy(relation="api${FORGED}", ports=[80]), AppPolicy(relation="api${FORGED}", endpoints=[Endpoint(methods=["GET${FORGED}"])])])
`,
};

test("no name in the document of manifests becomes a line of its own, which kubectl would read", async () => {
  const client = await lspClient({ files });
  try {
    for (const format of ["yaml", "table"]) {
      const asked = { options: DEFAULT_GRAPH_OPTIONS, format };
      const { text } = policiesRequest.result.parse(await client.connection.sendRequest(policiesRequest.method, asked));
      expect(text).toContain("Forged");
      expect(text).not.toMatch(/^\s*kind: Forged/m);
      expect(text).not.toContain("\u202e");
    }
  } finally {
    client.dispose();
  }
});
