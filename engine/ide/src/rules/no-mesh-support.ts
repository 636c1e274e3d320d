import { interfaceKnowledge } from "#charm";
import { charmRule } from "./rule.ts";

/** A nudge only: a charm without mesh support is right, as long as no operator puts it on a mesh. */
export const noMeshSupport = charmRule({
  name: "no-mesh-support",
  summary: "A coordinator, or a charm that provides endpoints, has no mesh support at all.",
  severities: ["hint"],
  *findings({ kind, test, metadata, declared, wiring, imports, damaged }) {
    if (test || damaged || !declared.complete || !metadata.nameLocation || kind === "worker") return;
    // The mesh is a matter of Kubernetes charms, which are those with containers.
    if (metadata.containers.length === 0) return;
    const provides = metadata.relations.some((each) => each.side === "provides");
    if (kind !== "coordinator" && !provides) return;
    // The mesh's own charms: its control plane, its gateways.
    if (metadata.relations.some((each) => each.side === "provides" && isOfMesh(each.interface))) return;
    const touched =
      wiring.endpoints.length > 0 ||
      wiring.coordinator === "unknown" ||
      metadata.relations.some((each) => each.interface === "service_mesh" || each.interface === "cross_model_mesh") ||
      imports.some((each) => /service_?mesh/i.test(`${each.module}.${each.name ?? ""}`));
    if (touched) return;
    yield {
      message:
        "No application on a hardened mesh can reach this charm: it has no service mesh support. Take the guide's steps if the charm is meant to join a mesh.",
      location: metadata.nameLocation,
    };
  },
});

function isOfMesh(name: string | null): boolean {
  return name !== null && interfaceKnowledge(name)?.handledBy === "mesh" && name !== "cross_model_mesh";
}
