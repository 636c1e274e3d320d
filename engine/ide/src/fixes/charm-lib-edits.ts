import type { CharmModel } from "#model";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix } from "./fix.ts";
import { addedListItem } from "./yaml-edits.ts";

/**
 * Adds a `charm-libs` entry that fetches a library: `charms.istio_beacon_k8s.v0.service_mesh` is `istio_beacon_k8s.service_mesh`
 * at version "0". It goes to charmcraft.yaml; nothing where the charm has none or the list is written otherwise.
 */
export function charmLibFixes(module: string, { charm }: Pick<CharmModel, "charm">): Fix[] {
  const file = charm.files.get("charmcraft.yaml");
  const [, owner, api, name] = /^charms\.(\w+)\.v(\d+)\.(\w+)$/.exec(module) ?? [];
  if (!file || !owner || !api || !name) return [];
  const edits = addedListItem(file, "charm-libs", [
    ["lib", `${owner}.${name}`],
    ["version", api],
  ]);
  return edits.length > 0 ? [fix(`Add ${owner}.${name} to charm-libs`, [editsOf(file, edits)])] : [];
}
