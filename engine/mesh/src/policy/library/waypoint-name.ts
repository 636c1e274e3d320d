import { BEACON_KNOWLEDGE } from "#charm";
import type { Application } from "../../topology/topology.ts";
import { charmKubernetesLabel } from "./label-values.ts";

/** The name of the waypoint that a beacon deploys, which is its service account's too; null where Juju's names are too long for one. */
export function waypointNameOf(beacon: Pick<Application, "name" | "model">): string | null {
  const label = charmKubernetesLabel({
    suffix: BEACON_KNOWLEDGE.waypointSuffix.value,
    separator: "-",
    model: beacon.model,
    app: beacon.name,
  });
  return "value" in label ? label.value : null;
}
