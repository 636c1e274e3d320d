import {
  type Argument,
  argumentValue,
  asString,
  type CallSite,
  callsNamed,
  citedReason,
  evaluate,
  knownValue,
  optionsOfValue,
  type Program,
  reasonAt,
} from "#python";
import { PUBLISHED_DATA } from "../catalog/published-data.ts";
import type { PublishedAddress } from "../charm-model.ts";
import { addressesIn, type ReadAddress } from "./address-value.ts";
import { ADDRESS_KEY } from "./databag-addresses.ts";
import { kindFact, namedService, portFact, schemeFact } from "./published-address.ts";

/**
 * Addresses in the fields of an object that a relation wrapper outside the charm publishes: `self._indexer.publish_data(Data(api_url=…))`,
 * where the wrapper is made with the name of one declared endpoint. What can't be read is left out.
 */
export function publishedDataAddresses(program: Program, declared: ReadonlySet<string>): readonly PublishedAddress[] {
  return callsNamed(program, PUBLISHED_DATA.methods).flatMap((site): readonly PublishedAddress[] => {
    const relation = relationOf(program, site, declared);
    const read = relation === null ? [] : fieldAddresses(program, site);
    if (relation === null || read.length === 0) return [];
    const because = [
      reasonAt(site.call, `\`${site.name}\` publishes an address over \`${relation}\``),
      citedReason("what the wrapper writes", PUBLISHED_DATA.citation),
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
  });
}

/** The one declared endpoint among the arguments with which the wrapper is made; null where there is none, or more than one. */
function relationOf(program: Program, { expression, frame }: CallSite, declared: ReadonlySet<string>): string | null {
  const { callee } = expression;
  if (callee.kind !== "attribute") return null;
  const names = new Set<string>();
  for (const made of optionsOfValue(evaluate(program, callee.object, frame))) {
    if (made.kind !== "instance" || made.class !== null || made.arguments === null) return null;
    for (const argument of allOf(made.arguments)) {
      const name = knownValue(asString(argumentValue(program, argument)));
      if (name !== undefined && declared.has(name)) names.add(name);
    }
  }
  const [only, ...others] = names;
  return only !== undefined && others.length === 0 ? only : null;
}

function fieldAddresses(program: Program, site: CallSite): readonly ReadAddress[] {
  return allOf(site.arguments).flatMap((argument) =>
    optionsOfValue(argumentValue(program, argument)).flatMap((data) =>
      data.kind === "instance" && data.class === null && data.arguments !== null
        ? [...data.arguments.keywords].flatMap(([name, field]) =>
            ADDRESS_KEY.test(name) ? addressesIn(program, argumentValue(program, field), field.at) : [],
          )
        : [],
    ),
  );
}

function allOf({ positional, keywords }: CallSite["arguments"]): readonly Argument[] {
  return [...positional, ...keywords.values()];
}
