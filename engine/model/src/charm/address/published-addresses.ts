import type { Location } from "#syntax";
import {
  ADDRESS_PUBLISHERS,
  type AddressPublisher,
  addressPublisher,
  type PublishingCall,
} from "../../catalog/address-publishers.ts";
import {
  type Argument,
  valueOf as argumentValue,
  asString,
  type CallSite,
  callsNamed,
  evaluate,
  findCalls,
  namedArguments,
  optionsOfValue,
  type Program,
} from "../../evaluate/evaluation.ts";
import { type Fact, known, knownValue, oneOf, unknown } from "../../fact/fact.ts";
import { citedReason, type Reason, reasonAt } from "../../fact/reason.ts";
import type { AddressKind, PublishedAddress } from "../charm-model.ts";
import type { CharmMetadata } from "../metadata/metadata.ts";
import { addressesIn, type ReadAddress } from "./address-value.ts";

/**
 * The addresses that a charm hands to the other side of its relations through library objects whose behaviour is
 * known. A relation that nothing is known about is not in the list.
 */
export function publishedAddresses(program: Program, metadata: CharmMetadata): readonly PublishedAddress[] {
  const declared = new Set(metadata.relations.map((relation) => relation.endpoint));
  const byLibrary = findCalls(program, ADDRESS_PUBLISHERS).flatMap((site) => {
    const publisher = addressPublisher(site.matched);
    return publisher ? publishedBy(program, publisher, site) : [];
  });
  return byLibrary
    .filter((each) => declared.has(each.relation))
    .sort((a, b) => (a.relation < b.relation ? -1 : a.relation > b.relation ? 1 : 0));
}

function publishedBy(program: Program, publisher: AddressPublisher, site: CallSite): readonly PublishedAddress[] {
  const args = namedArguments(site.arguments, publisher.constructed.parameters);
  const relation = relationOf(program, publisher, args, site);
  if (relation === null) return [];
  const addresses: ReadAddress[] = [...addressesOf(program, publisher.constructed, args)];
  for (const [name, call] of publisher.methods) {
    for (const method of callsNamed(program, [name])) {
      if (!isOnObjectOf(program, method, site)) continue;
      addresses.push(...addressesOf(program, call, namedArguments(method.arguments, call.parameters)));
    }
  }
  for (const [flag, kind] of publisher.switches) {
    const given = args.get(flag);
    const value = given ? argumentValue(program, given) : null;
    if (value && !(value.kind === "bool" && !value.value) && value.kind !== "none")
      addresses.push({ kind, port: null });
  }
  const hidden = addresses.length === 0 && site.arguments.open !== null;
  const read = addresses.length > 0 ? addresses : [{ kind: hidden ? null : publisher.otherwise, port: null }];
  const because = [
    reasonAt(site.call, `${site.name} publishes an address over \`${relation}\``),
    citedReason("how the library publishes it", publisher.citation),
  ];
  return [{ relation, address: kindFact(read, because), port: portFact(read, because), location: site.call }];
}

function relationOf(
  program: Program,
  publisher: AddressPublisher,
  args: ReadonlyMap<string, Argument>,
  site: CallSite,
): string | null {
  const given = args.get(publisher.relation.parameter);
  if (given) return knownValue(asString(argumentValue(program, given))) ?? null;
  return site.arguments.open === null ? publisher.relation.default : null;
}

function addressesOf(
  program: Program,
  call: PublishingCall,
  args: ReadonlyMap<string, Argument>,
): readonly ReadAddress[] {
  return call.addresses.flatMap((name) => {
    const given = args.get(name);
    return given ? addressesIn(program, argumentValue(program, given), given.at) : [];
  });
}

/** Whether a method is called on what a constructor call made. */
function isOnObjectOf(program: Program, method: CallSite, constructed: CallSite): boolean {
  const callee = method.expression.callee;
  if (callee.kind !== "attribute") return false;
  return optionsOfValue(evaluate(program, callee.object, method.frame)).some(
    (value) => value.kind === "instance" && samePlace(value.call, constructed.call),
  );
}

function samePlace(a: Location | null, b: Location): boolean {
  return a !== null && a.file === b.file && a.span.start === b.span.start;
}

/**
 * What several addresses for one relation come to. An ingress address is handed out in the place of the charm's own as long
 * as there is an ingress, so it does not count beside one; without an ingress the other side gets the charm's own.
 */
export function kindFact(addresses: readonly ReadAddress[], because: readonly Reason[]): Fact<AddressKind> {
  const kinds = new Set(addresses.map((each) => each.kind));
  if (kinds.size > 1) kinds.delete("external");
  if (kinds.has(null)) return unknown("the address can't be followed to where it comes from", because);
  const read = [...kinds].filter((kind) => kind !== null);
  const [first, ...others] = read;
  if (first === undefined) return known("none", because);
  return others.length === 0 ? known(first, because) : oneOf(read, because);
}

export function portFact(addresses: readonly ReadAddress[], because: readonly Reason[]): Fact<number> {
  const ports = [...new Set(addresses.map((each) => each.port))];
  const read = ports.filter((port) => port !== null);
  const [first] = read;
  if (read.length < ports.length || first === undefined) return unknown("the port can't be read", because);
  return read.length === 1 ? known(first, because) : oneOf(read, because);
}
