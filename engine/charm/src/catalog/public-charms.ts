import { KUBEFLOW_AND_DATA_CHARMS } from "./charms/kubeflow-and-data.ts";
import { MESH_AND_IDENTITY_CHARMS } from "./charms/mesh-and-identity.ts";
import { OBSERVABILITY_CHARMS } from "./charms/observability.ts";
import type { PublicCharm } from "./charms/public-charm.ts";

export type { PublicCharm } from "./charms/public-charm.ts";

/** Every published charm whose endpoints are known. */
export const PUBLIC_CHARMS: readonly PublicCharm[] = [
  ...OBSERVABILITY_CHARMS,
  ...MESH_AND_IDENTITY_CHARMS,
  ...KUBEFLOW_AND_DATA_CHARMS,
];

const byName: ReadonlyMap<string, PublicCharm> = new Map(PUBLIC_CHARMS.map((charm) => [charm.name, charm]));

/**
 * What is known about a published charm's endpoints, to find which of them a relation in a bundle or a juju status joins when the
 * charm itself is not in the workspace. Its other revisions may have more or fewer endpoints: nothing is called missing on this ground.
 */
export function publicCharmNamed(name: string): PublicCharm | null {
  return byName.get(name) ?? null;
}
