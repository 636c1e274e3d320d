import type { Fact } from "#python";

/** A fact without its reasons: the value itself, or what stands in its place. */
export function bareFact(fact: Fact<unknown>): unknown {
  switch (fact.kind) {
    case "known":
      return fact.value;
    case "oneOf":
      return { oneOf: fact.options };
    case "subsetOf":
      return { always: fact.always, possible: fact.possible, open: fact.open };
    case "template":
      return { template: fact.text };
    case "unknown":
      return "unknown";
  }
}
