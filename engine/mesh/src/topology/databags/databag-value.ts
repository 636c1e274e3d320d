import type { Databag } from "../topology.ts";

/** Longer values (dashboards, alert rules) are never asked for and not decoded. */
const MAX_LENGTH = 1_000_000;

/**
 * A databag's value, decoded: cosl's databag models write each field as JSON. What is no JSON is taken as the text that it is.
 * undefined where the key is absent.
 */
export function databagValue(databag: Databag, key: string): unknown {
  const text = databag.data.get(key);
  if (text === undefined || text.length > MAX_LENGTH) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
