import { describe, expect, it } from "vitest";
import { bare, modelOf, modelOfPython, textAt } from "../support/charm-reading.ts";
import { miniConsumer } from "../support/minicharms.ts";

const LIBRARY = "from charms.istio_beacon_k8s.v0.service_mesh import ServiceMeshConsumer, UnitPolicy\n";

describe("ServiceMeshConsumer", () => {
  it("rests on the library's names where it names none, and cites it", () => {
    const [consumer] = modelOf(miniConsumer()).consumers;
    if (!consumer) throw new Error("no consumer");
    expect([
      bare(consumer.meshRelationName),
      bare(consumer.crossModelMeshRequiresName),
      bare(consumer.crossModelMeshProvidesName),
      bare(consumer.autoJoin),
    ]).toEqual(["service-mesh", "require-cmr-mesh", "provide-cmr-mesh", true]);
    expect(consumer.meshRelationName.because[0]?.citation).toContain("ServiceMeshConsumer.__init__");
    expect([...consumer.arguments.keys()]).toEqual(["charm", "policies"]);
    expect(consumer.condition).toBeNull();
  });

  it("takes names by keyword, by position and from constants", () => {
    const model = modelOfPython(`${LIBRARY}
MESH = "mesh"
class C:
    def __init__(self):
        self.a = ServiceMeshConsumer(self, MESH, "need", cross_model_mesh_provides_name="give", auto_join=False)
`);
    const [consumer] = model.consumers;
    if (!consumer) throw new Error("no consumer");
    expect([
      bare(consumer.meshRelationName),
      bare(consumer.crossModelMeshRequiresName),
      bare(consumer.crossModelMeshProvidesName),
      bare(consumer.autoJoin),
    ]).toEqual(["mesh", "need", "give", false]);
    const place = consumer.arguments.get("mesh_relation_name");
    expect(place && textAt(place)).toBe("MESH");
  });

  it("is found in a component class of another file, whatever it calls the charm", () => {
    const model = modelOf(`//- charmcraft.yaml
name: x
//- src/charm.py
from components.mesh import MeshComponent
class Charm:
    def __init__(self):
        self.mesh = MeshComponent(charm=self, name="mesh")
//- src/components/__init__.py
//- src/components/mesh.py
${LIBRARY}
from charmed_kubeflow_chisme.components import Component
class MeshComponent(Component):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._mesh = ServiceMeshConsumer(self._charm, policies=[UnitPolicy(relation="metrics", ports=[1])])
`);
    expect(model.kind).toBe("standalone");
    expect(model.consumers[0]?.call.file.path).toBe("src/components/mesh.py");
    expect(model.policies.map((policy) => bare(policy.relation))).toEqual(["metrics"]);
  });

  it("is found in a module-level function that receives the charm", () => {
    const model = modelOf(`//- charmcraft.yaml
name: x
//- src/charm.py
import integrations
class Charm:
    def __init__(self):
        integrations.mesh(self, 9000)
//- src/integrations.py
${LIBRARY}
def mesh(charm, port):
    ServiceMeshConsumer(charm, policies=[UnitPolicy(relation="metrics", ports=[port])])
`);
    expect(model.consumers).toHaveLength(1);
    expect(model.policies.map((policy) => bare(policy.ports))).toEqual([[9000]]);
  });

  it("says under which condition it is made", () => {
    const guarded = modelOfPython(`${LIBRARY}
class C:
    def __init__(self):
        if self.unit.is_leader():
            self.mesh = ServiceMeshConsumer(self)
`);
    expect(guarded.consumers[0]?.condition).toEqual([{ kind: "test", source: "self.unit.is_leader()" }]);
    const late = modelOfPython(`${LIBRARY}
class C:
    def __init__(self):
        if not self.ready():
            return
        self.mesh = ServiceMeshConsumer(self)
`);
    expect(late.consumers[0]?.condition).toEqual([{ kind: "test", source: "self.ready()" }]);
  });

  it("is found under both generations of the library", () => {
    for (const module of ["charms.istio_beacon_k8s.v0.service_mesh", "charmlibs.interfaces.service_mesh"]) {
      const model = modelOfPython(`import ops
from ${module} import ServiceMeshConsumer as Mesh
class C:
    def __init__(self):
        self.mesh = Mesh(self)
`);
      expect(model.consumers, module).toHaveLength(1);
    }
  });

  it("is not one of the tests' or of the vendored library itself", () => {
    const model = modelOf(`//- charmcraft.yaml
name: x
//- src/charm.py
import ops
//- tests/unit/test_mesh.py
${LIBRARY}
consumer = ServiceMeshConsumer(charm)
//- lib/charms/istio_beacon_k8s/v0/service_mesh.py
LIBPATCH = 20
class ServiceMeshConsumer:
    pass
x = ServiceMeshConsumer()
`);
    expect(model.consumers).toEqual([]);
    expect(model.kind).toBe("none");
  });

  it("leaves a charm that only declares the relation standalone", () => {
    const model = modelOfPython("import ops", "name: x\nrequires:\n  mesh: {interface: service_mesh}\n");
    expect(model.kind).toBe("standalone");
    expect(model.consumers).toEqual([]);
  });
});
