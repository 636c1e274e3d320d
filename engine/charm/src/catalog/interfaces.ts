import { DATA_INTERFACES } from "./interfaces/data.ts";
import { IDENTITY_INTERFACES } from "./interfaces/identity.ts";
import type { InterfaceKnowledge } from "./interfaces/interface-knowledge.ts";
import { KUBEFLOW_AND_OTHER_INTERFACES } from "./interfaces/kubeflow-and-other.ts";
import { MESH_AND_INGRESS_INTERFACES } from "./interfaces/mesh-and-ingress.ts";
import { OBSERVABILITY_INTERFACES } from "./interfaces/observability.ts";

export type { InterfaceKnowledge } from "./interfaces/interface-knowledge.ts";

/** Every interface that something is known about, in a stable order. */
export const INTERFACES: readonly InterfaceKnowledge[] = [
  ...OBSERVABILITY_INTERFACES,
  ...MESH_AND_INGRESS_INTERFACES,
  ...IDENTITY_INTERFACES,
  ...DATA_INTERFACES,
  ...KUBEFLOW_AND_OTHER_INTERFACES,
];

const byName: ReadonlyMap<string, InterfaceKnowledge> = new Map(
  INTERFACES.flatMap((entry) => [entry.name, ...entry.aliases].map((name) => [name, entry] as const)),
);

/**
 * The knowledge about a Juju interface: which side opens connections, on which ports, and what grants them.
 * null for an interface that is not in the table: nothing may be concluded from that, least of all that it has no traffic.
 */
export function interfaceKnowledge(name: string): InterfaceKnowledge | null {
  return byName.get(name) ?? null;
}

/** Whether the other side of such a relation connects to the charm on `side`, in every deployment. */
export function connectsTo(knowledge: InterfaceKnowledge, side: "provides" | "requires"): boolean {
  return knowledge.sure && mayConnectTo(knowledge, side);
}

/** Whether the other side may connect to the charm on `side`; false only where it certainly does not. */
export function mayConnectTo(knowledge: InterfaceKnowledge, side: "provides" | "requires"): boolean {
  return knowledge.opens === "both" || knowledge.opens === (side === "provides" ? "requirer" : "provider");
}
