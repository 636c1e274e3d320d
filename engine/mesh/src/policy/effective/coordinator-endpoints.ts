import type { EndpointMap } from "#charm";
import { conditionText, type Fact, known, reasonAt, unknown } from "#python";

/** What a coordinator's `endpoints` says about one key; an absent key of a whole map is known to be absent. */
export function endpointName(map: EndpointMap, key: string): Fact<string | null> {
  const entries = map.entries.filter((entry) => entry.key === key);
  const last = entries.at(-1);
  if (!last) return map.complete ? known(null) : unknown(`\`${key}\` may be among what could not be read`);
  if (last.condition !== null) return unknown(`\`${key}\` is in the map only if ${conditionText(last.condition)}`);
  const place = reasonAt(last.valueLocation, `endpoint \`${key}\` of the coordinator`);
  return { ...last.value, because: [place, ...last.value.because] };
}
