import {
  type Argument,
  argumentValue,
  asString,
  type CallSite,
  callsNamed,
  citedReason,
  evaluate,
  findCalls,
  functionsOf,
  genericFrame,
  knownValue,
  namedArguments,
  optionsOfValue,
  type Program,
  type PyValue,
  reasonAt,
} from "#python";
import type { Location, PyExpression } from "#syntax";
import {
  ADDRESS_PUBLISHERS,
  type AddressPublisher,
  addressPublisher,
  type PublishingCall,
} from "../catalog/address-publishers.ts";
import type { PublishedAddress } from "../charm-model.ts";
import { walkNode } from "../source/syntax-walk.ts";
import { addressesIn, type ReadAddress } from "./address-value.ts";
import { databagAddresses } from "./databag-addresses.ts";
import { kindFact, namedService, portFact, schemeFact } from "./published-address.ts";
import { publishedDataAddresses } from "./published-data.ts";
import { serializedAddresses } from "./serialized-data.ts";

/**
 * The addresses that a charm hands to the other side of its relations: through library objects whose behaviour is
 * known, and into databags that its own Python writes. A relation that nothing is known about is not in the list.
 */
export function publishedAddresses(program: Program, declared: ReadonlySet<string>): readonly PublishedAddress[] {
  const byLibrary = findCalls(program, ADDRESS_PUBLISHERS).flatMap((site) => {
    const publisher = addressPublisher(site.matched);
    return publisher ? publishedBy(program, publisher, site) : [];
  });
  for (const each of serializedAddresses(program)) byLibrary.push(each);
  for (const each of publishedDataAddresses(program, declared)) byLibrary.push(each);
  const covered = new Set(byLibrary.map((each) => each.relation));
  return [...byLibrary, ...databagAddresses(program, declared).filter((each) => !covered.has(each.relation))]
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
      for (const each of addressesOf(program, call, namedArguments(method.arguments, call.parameters)))
        addresses.push(each);
    }
  }
  for (const name of publisher.setters) addresses.push(...assignedAddresses(program, name, site));
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
  return [
    {
      relation,
      address: kindFact(read, because),
      port: portFact(read, because),
      scheme: schemeFact(read, because),
      service: namedService(read),
      location: site.call,
    },
  ];
}

function relationOf(
  program: Program,
  publisher: AddressPublisher,
  args: ReadonlyMap<string, Argument>,
  site: CallSite,
): string | null {
  const given = args.get(publisher.relation.parameter);
  if (given) return knownValue(asString(argumentValue(program, given))) ?? lookedUpRelation(program, given);
  return site.arguments.open === null ? publisher.relation.default : null;
}

/** `self.model.relations["name"]`, where a class takes the relations themselves. */
function lookedUpRelation(program: Program, { expression, frame }: Argument): string | null {
  if (expression?.kind !== "subscript" || frame === null) return null;
  const { object, index } = expression;
  if (object.kind !== "attribute" || object.name.text !== "relations") return null;
  return knownValue(asString(evaluate(program, index, frame))) ?? null;
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

/** The addresses in every `object.name = value` whose object is what a constructor call made. */
function assignedAddresses(program: Program, name: string, constructed: CallSite): readonly ReadAddress[] {
  const found: ReadAddress[] = [];
  for (const scope of functionsOf(program)) {
    const { file } = scope.module;
    if (scope.node.kind !== "function" || !file.text.includes(`.${name} =`)) continue;
    walkNode(scope.node, (node) => {
      if (node.kind !== "assign") return;
      for (const target of node.targets) {
        if (target.kind !== "attribute" || target.name.text !== name) continue;
        const frame = genericFrame(program, scope);
        if (!isMadeBy(evaluate(program, target.object, frame), constructed)) continue;
        found.push(...addressesIn(program, evaluate(program, node.value, frame), { file, span: node.value.span }));
      }
    });
  }
  return found;
}

/** Whether a method is called on what a constructor call made, or on what such a method returns (`Provider(…).add(…).add(…)`). */
function isOnObjectOf(program: Program, method: CallSite, constructed: CallSite): boolean {
  const callee = method.expression.callee;
  if (callee.kind !== "attribute") return false;
  if (isMadeBy(evaluate(program, callee.object, method.frame), constructed)) return true;
  let { object } = callee;
  while (object.kind === "call" && object.callee.kind === "attribute") object = object.callee.object;
  return object === constructed.expression || (object.kind === "name" && isChained(object, method, constructed));
}

/** A local name that is bound to the end of such a chain: `provider = Provider(…).add(…)`. */
function isChained(name: Extract<PyExpression, { kind: "name" }>, { scope }: CallSite, constructed: CallSite): boolean {
  if (scope.node.kind !== "function" || constructed.scope !== scope) return false;
  let chained = false;
  walkNode(scope.node, (node) => {
    if (node.kind !== "assign" || !node.targets.some((each) => each.kind === "name" && each.id === name.id)) return;
    let object = node.value;
    while (object.kind === "call" && object.callee.kind === "attribute") object = object.callee.object;
    chained ||= object === constructed.expression;
  });
  return chained;
}

function isMadeBy(value: PyValue, constructed: CallSite): boolean {
  return optionsOfValue(value).some((each) => each.kind === "instance" && samePlace(each.call, constructed.call));
}

function samePlace(a: Location | null, b: Location): boolean {
  return a !== null && a.file === b.file && a.span.start === b.span.start;
}
