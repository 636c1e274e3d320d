import type { CharmModel } from "../charm/charm-model.ts";
import type { MeshMode, Topology } from "../topology/topology.ts";
import type { EffectivePolicies } from "./effective-policy.ts";

/** What decides about policies and stands neither in the charms nor in the topology. */
export interface EffectiveOptions {
  /** Default: the topology's own mode. */
  readonly mode?: MeshMode;
  /** Whether an application (`<model>/<app>`) has a certificate; one boolean speaks for all; absent: not known. */
  readonly tls?: boolean | ReadonlyMap<string, boolean>;
}

/** All policies that a deployment will have. */
export function effectivePolicies(
  _models: readonly CharmModel[],
  _topology: Topology,
  _options: EffectiveOptions = {},
): EffectivePolicies {
  return { policies: [], problems: [] };
}
