import { bothConditions } from "../../condition/condition.ts";
import { equal } from "./equality.ts";
import { join } from "./join.ts";
import type { DictEntry, DictValue } from "./value.ts";

/**
 * The entries as the dict holds them in the end: of several for one key the last counts, at the place of the first.
 * `loose` if it is unknown which entries have the same key.
 */
export function settledEntries(dict: DictValue): { readonly entries: readonly DictEntry[]; readonly loose: boolean } {
  const settled: DictEntry[] = [];
  let loose = false;
  for (const [index, entry] of dict.entries.entries()) {
    const same = settled.findIndex((other) => equal(other.key, entry.key) === true);
    const earlier = settled[same];
    if (!earlier) {
      if (settled.length < 200 && settled.some((other) => equal(other.key, entry.key) === null)) loose = true;
      settled.push(entry);
    } else if (entry.condition === null) {
      settled[same] = { ...entry, keyAt: earlier.keyAt };
    } else {
      const condition = earlier.condition === null ? null : bothConditions(earlier.condition, entry.condition);
      settled[same] = { ...earlier, value: join([earlier.value, entry.value]), condition };
    }
    if (index > 2000) return { entries: dict.entries, loose: true };
  }
  return { entries: settled, loose };
}
