import type { CharmModel } from "#charm";
import type { FileEdit } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix } from "../edits/fix.ts";
import { addedListItem, removedListItems } from "./yaml-edits.ts";

const LIBRARY = /^charms\.(\w+)\.v(\d+)\.(\w+)$/;

/** Takes the entry that fetches a library out of `charm-libs`; nothing where there is none. */
export function withoutCharmLib(module: string, { charm }: Pick<CharmModel, "charm">): FileEdit[] {
  const file = charm.files.get("charmcraft.yaml");
  const [, owner, , name] = LIBRARY.exec(module) ?? [];
  if (!file || !owner || !name) return [];
  // charmcraft takes the charm's name with hyphens as well as with underscores.
  const edits = removedListItems(file, "charm-libs", (item) => {
    const lib = item.kind === "map" ? item.entries.find((each) => each.key.value === "lib")?.value : null;
    return lib?.kind === "scalar" && String(lib.value).replaceAll("-", "_") === `${owner}.${name}`;
  });
  return edits.length > 0 ? [editsOf(file, edits)] : [];
}

/**
 * Adds a `charm-libs` entry that fetches a library: `charms.istio_beacon_k8s.v0.service_mesh` is `istio_beacon_k8s.service_mesh`
 * at version "0". It goes to charmcraft.yaml; nothing where the charm has none or the list is written otherwise.
 */
export function charmLibFixes(module: string, { charm }: Pick<CharmModel, "charm">): Fix[] {
  const file = charm.files.get("charmcraft.yaml");
  const [, owner, api, name] = LIBRARY.exec(module) ?? [];
  if (!file || !owner || !api || !name) return [];
  const edits = addedListItem(file, "charm-libs", [
    ["lib", `${owner}.${name}`],
    ["version", api],
  ]);
  return edits.length > 0 ? [fix(`Add ${owner}.${name} to charm-libs`, [editsOf(file, edits)])] : [];
}
