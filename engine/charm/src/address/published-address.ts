import { type Fact, known, oneOf, type Reason, unknown } from "#python";
import type { AddressKind } from "../charm-model.ts";
import type { ReadAddress, Scheme } from "./address-value.ts";

/**
 * What several addresses for one relation come to. An ingress address is handed out in the place of the charm's own as long
 * as there is an ingress, so it does not count beside one; without an ingress the other side gets the charm's own.
 */
export function kindFact(addresses: readonly ReadAddress[], because: readonly Reason[]): Fact<AddressKind> {
  const kinds = new Set(addresses.map((each) => each.kind));
  if (kinds.size > 1) kinds.delete("external");
  if (kinds.has(null)) {
    const why = addresses.find((each) => each.kind === null && each.why !== undefined)?.why;
    return unknown(why ?? "the address can't be followed to where it comes from", because);
  }
  const read = [...kinds].filter((kind) => kind !== null);
  const [first, ...others] = read;
  if (first === undefined) return known("none", because);
  return others.length === 0 ? known(first, because) : oneOf(read, because);
}

/**
 * The port of several addresses for one relation; unknown unless each has one that is read. An ingress's own is no port of this
 * charm, so here too it does not count beside another.
 */
export function portFact(addresses: readonly ReadAddress[], because: readonly Reason[]): Fact<number> {
  const own = addresses.filter((each) => each.kind !== "external");
  const ports = [...new Set((own.length > 0 ? own : addresses).map((each) => each.port))];
  const read = ports.filter((port) => port !== null);
  const [first] = read;
  if (read.length < ports.length || first === undefined) return unknown("the port can't be read", because);
  return read.length === 1 ? known(first, because) : oneOf(read, because);
}

/** The one Service, another than the application's own, that all of several addresses name; null where there is none. */
export function namedService(addresses: readonly ReadAddress[]): string | null {
  const [service, ...others] = new Set(
    addresses.filter((each) => each.kind !== "external").map((each) => each.service),
  );
  return service !== undefined && others.length === 0 ? service : null;
}

/** The schemes of several addresses for one relation; unknown unless each of the charm's own URLs has one that is read. */
export function schemeFact(addresses: readonly ReadAddress[], because: readonly Reason[]): Fact<Scheme> {
  const own = addresses.filter((each) => each.kind !== "external");
  const schemes = new Set<Scheme>();
  for (const { scheme } of own) {
    if (scheme === undefined) return unknown("the address names no scheme", because);
    if (scheme === "chosen") schemes.add("http").add("https");
    else schemes.add(scheme);
  }
  const [first, ...others] = [...schemes];
  if (first === undefined) return unknown("the address names no scheme", because);
  return others.length === 0 ? known(first, because) : oneOf([...schemes], because);
}
