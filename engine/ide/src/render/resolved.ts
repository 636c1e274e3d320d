import type { Fact } from "#python";

/** A value that had to be evaluated, as the contract writes it: exactly one of these. */
export type Resolved =
  | { readonly value: unknown }
  | { readonly oneOf: readonly unknown[] }
  | { readonly subsetOf: unknown }
  | { readonly template: string }
  | { readonly unknown: string };

/**
 * A fact as the contract's resolved object; `plain` turns a known value into JSON. A list that may hold more than could be
 * read is `unknown`: nothing bounds it, so calling it a subset would be wrong.
 */
export function resolved<T>(fact: Fact<T>, plain: (value: T) => unknown = (value) => value): Resolved {
  switch (fact.kind) {
    case "known":
      return { value: plain(fact.value) };
    case "oneOf":
      return { oneOf: fact.options.map(plain) };
    case "subsetOf":
      return fact.open
        ? { unknown: heldMore(JSON.stringify(plain(fact.always)), fact.why) }
        : { subsetOf: plain(fact.possible) };
    case "template":
      return { template: fact.text };
    case "unknown":
      return { unknown: fact.why };
  }
}

function heldMore(always: string, why: string | undefined): string {
  return `holds more than can be read; at least ${always}${why === undefined ? "" : `: ${why}`}`;
}
