import { type Argument, argumentValue, asDict, asString, knownValue, orNone, type Program } from "#python";
import type { EndpointMap, EndpointMapEntry } from "../library-call.ts";
import { type Damage, isDamaged } from "../source/damage.ts";

const UNREAD: EndpointMap = { entries: [], complete: false, location: null };

/**
 * The `endpoints={…}` map of a Coordinator or Worker, entries in source order with doubles kept. An absent argument, a
 * value that is no readable dict, a spread, a computed key or a piece that is being typed make it incomplete: then no key may
 * be called missing.
 */
export function endpointMap(program: Program, argument: Argument | undefined, damage: Damage): EndpointMap {
  if (!argument) return UNREAD;
  const dict = asDict(argumentValue(program, argument));
  if (!dict) return UNREAD;
  const entries: EndpointMapEntry[] = [];
  let complete = dict.open === null && !(dict.at && isDamaged(damage, dict.at));
  for (const entry of dict.entries) {
    const key = knownValue(asString(entry.key));
    if (key === undefined) {
      complete = false;
      continue;
    }
    entries.push({
      key,
      keyLocation: entry.keyAt,
      value: orNone(asString)(entry.value),
      valueLocation: entry.at,
      condition: entry.condition,
    });
  }
  return { entries, complete, location: dict.at };
}
