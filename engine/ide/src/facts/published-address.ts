import type { AddressKind, PublishedAddress } from "#charm";
import { optionsOf } from "#python";

/** Where traffic over a relation goes, when everything that is published there is known and agrees; an ingress's address aside. */
export function addressOf(
  published: readonly PublishedAddress[],
  relation: string,
): { readonly kind: "unit" | "app"; readonly place: PublishedAddress } | null {
  const places = published.filter((each) => each.relation === relation);
  const [place] = places;
  const kinds = new Set<AddressKind>();
  for (const each of places) {
    const options = optionsOf(each.address);
    if (options === null) return null;
    for (const option of options) if (option !== "external") kinds.add(option);
  }
  if (!place || kinds.size === 0 || kinds.has("none")) return null;
  if ([...kinds].every((each) => each === "unit" || each === "headless")) return { kind: "unit", place };
  return kinds.size === 1 && kinds.has("application") ? { kind: "app", place } : null;
}
