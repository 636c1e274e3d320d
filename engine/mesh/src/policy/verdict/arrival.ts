import { INGRESS_KNOWLEDGE, interfaceKnowledge } from "#charm";
import { citedReason, type Reason } from "#python";
import { applicationKey, type Deployed, relationsOf } from "../effective/deployed.ts";
import type { Flow } from "../flow.ts";
import type { Ternary } from "./ternary.ts";

/** Whether a connection passes the target's waypoint before it reaches a pod, and why. */
export interface Arrival {
  readonly throughWaypoint: Ternary;
  /** In words: why it does not, or why that is not known. */
  readonly text: string;
  readonly because: readonly Reason[];
}

const REDIRECTS = citedReason(
  "Only the ztunnel of a sender on the mesh sends traffic for a Service to its waypoint.",
  "ztunnel 62d8265, src/proxy/outbound.rs, build_request; src/proxy/inbound_passthrough.rs for senders that have none",
);
const GATEWAY = citedReason(
  "A gateway sends to the pods directly unless the Service carries istio.io/ingress-use-waypoint, which no charm sets.",
  "istio.io, ambient/usage/waypoint; istio-ingress-k8s, src/charm.py (canonical/service-mesh ba7356f)",
);
const LABELLED = citedReason(
  "The library labels the Service that is named like the application, and no other.",
  "canonical_service_mesh 0.1.0, utils/istio/_labels.py, reconcile_charm_labels",
);

/**
 * How a flow arrives. Through the waypoint comes only what a sender on the mesh sends to a Service that carries
 * `istio.io/use-waypoint`, itself or by its namespace; `bound` says whether it does, `sourceOn` whether the sender is on the mesh
 * (undefined: not known).
 */
export function arrivalOf(flow: Flow, sourceOn: boolean | undefined, gateway: boolean, bound: Ternary): Arrival {
  const { source, target } = flow;
  if (target.via === "unit") return direct("A pod's address is reached past the waypoint.", []);
  if (gateway) return direct(`The gateway of ${source.application} sends straight to the pods.`, [GATEWAY]);
  const service = target.service ?? target.application;
  if (sourceOn === false) {
    return direct(`${source.application} is not on the mesh, so its traffic never meets the waypoint.`, [REDIRECTS]);
  }
  if (bound === "no") return direct(`The Service ${service} is not behind the waypoint.`, [LABELLED]);
  if (bound === "maybe")
    return {
      throughWaypoint: "maybe",
      text: `whether the Service ${service} is behind the waypoint is not known`,
      because: [LABELLED],
    };
  if (sourceOn === undefined) {
    const text = `whether ${source.application} is on the mesh is not known`;
    return { throughWaypoint: "maybe", text, because: [REDIRECTS] };
  }
  return { throughWaypoint: "yes", text: "", because: [] };
}

function direct(text: string, because: readonly Reason[]): Arrival {
  return { throughWaypoint: "no", text, because };
}

/**
 * Whether the gateway of the charmed Istio sends what the source sends to the target: the source is that ingress, and the two are
 * related as ingress and backend. `maybe`: they are so related, and the source's charm is not known.
 */
export function isGatewayTraffic({ source, target }: Flow, deployed: Deployed): Ternary {
  const ingress = deployed.applications.get(applicationKey(source.model, source.application));
  if (!ingress || (ingress.charm !== null && ingress.charm !== INGRESS_KNOWLEDGE.charm)) return "no";
  const related = relationsOf(deployed, ingress).some(
    ({ relation, remote, side }) =>
      side === "provider" &&
      remote.application === target.application &&
      remote.model === target.model &&
      relation.interface !== null &&
      interfaceKnowledge(relation.interface)?.handledBy === "ingress",
  );
  if (!related) return "no";
  return ingress.charm === null ? "maybe" : "yes";
}
