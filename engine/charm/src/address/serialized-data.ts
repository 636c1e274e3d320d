import {
  type Argument,
  argumentValue,
  asDict,
  asInt,
  asString,
  type CallSite,
  callsNamed,
  citedReason,
  type DictValue,
  findCalls,
  knownValue,
  namedArguments,
  type Program,
  type PyValue,
  reasonAt,
} from "#python";
import type { Location } from "#syntax";
import { BROADCASTERS, INTERFACE_SOURCES, SENT_ADDRESS, SENT_PORT } from "../catalog/serialized-data.ts";
import type { PublishedAddress } from "../charm-model.ts";
import { sourceFacts } from "../source/source-facts.ts";
import { addressesIn } from "./address-value.ts";
import { kindFact, namedService, portFact, schemeFact } from "./published-address.ts";

const { name: SEND, citation: SENT } = INTERFACE_SOURCES;

/**
 * Addresses that a charm sends through serialized_data_interface: `interfaces["relation"].send_data({…})`, and the component of
 * charmed-kubeflow-chisme that does the same. Data without a host, and data of an unknown relation, are omitted.
 */
export function serializedAddresses(program: Program): readonly PublishedAddress[] {
  const broadcast = findCalls(program, BROADCASTERS.names).flatMap((site) => {
    const args = namedArguments(site.arguments, BROADCASTERS.parameters);
    return sentBy(program, site, args.get("relation_name"), args.get("data_to_send"), BROADCASTERS.citation);
  });
  const sent = callsNamed(program, [SEND]).flatMap((site) => {
    const { imports } = sourceFacts(site.module.file, site.module.tree);
    if (!imports.some(({ module }) => module === INTERFACE_SOURCES.module)) return [];
    return sentBy(program, site, subscriptOf(site), site.arguments.positional[0], SENT);
  });
  return [...broadcast, ...sent];
}

/** The index in `interfaces[index].send_data(…)`. */
function subscriptOf({ expression, frame, module }: CallSite): Argument | undefined {
  const { callee } = expression;
  if (callee.kind !== "attribute" || callee.object.kind !== "subscript") return undefined;
  const { index } = callee.object;
  const at: Location = { file: module.file, span: index.span };
  return { name: null, keyword: null, at, expression: index, frame, value: null, condition: null };
}

function sentBy(
  program: Program,
  site: CallSite,
  relation: Argument | undefined,
  given: Argument | undefined,
  citation: string,
): readonly PublishedAddress[] {
  if (!relation || !given) return [];
  const name = knownValue(asString(argumentValue(program, relation)));
  const data = asDict(argumentValue(program, given));
  const host = data && valueUnder(data, SENT_ADDRESS);
  if (name === undefined || !host) return [];
  const port = valueUnder(data, SENT_PORT);
  const publishedPort = port ? portNumber(port) : null;
  const read = addressesIn(program, host, site.call).map((each) => ({ ...each, port: publishedPort ?? each.port }));
  const because = [
    reasonAt(site.call, `the charm sends an address over \`${name}\``),
    citedReason("how the data is sent", citation),
  ];
  return [
    {
      relation: name,
      address: kindFact(read, because),
      port: portFact(read, because),
      scheme: schemeFact(read, because),
      service: namedService(read),
      location: site.call,
    },
  ];
}

/** The last entry under one of the keys; null where there is none. */
function valueUnder(data: DictValue, keys: readonly string[]): PyValue | null {
  const entry = data.entries.findLast(({ key }) => key.kind === "string" && keys.includes(key.value));
  return entry?.value ?? null;
}

/** Numbers and digits: such data is text as often as not. */
function portNumber(value: PyValue): number | null {
  const text = knownValue(asString(value));
  if (text !== undefined && /^\d{1,5}$/.test(text)) return Number(text);
  return knownValue(asInt(value)) ?? null;
}
