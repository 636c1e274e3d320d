import { type Fact, known, oneOf } from "#python";

/** More alternatives than these become a subset instead. */
const MOST_ALTERNATIVES = 16;

/**
 * The ports that several places open together, sorted, each once. Alternatives are combined; a place that may open none
 * (an empty alternative) counts with its others, for it opens them at some time. Parts that can't be read keep the union open.
 */
export function unitedPorts(facts: readonly Fact<readonly number[]>[]): Fact<readonly number[]> {
  const because = facts.flatMap((fact) => fact.because);
  let alternatives: readonly (readonly number[])[] = [[]];
  const always = new Set<number>();
  const possible = new Set<number>();
  let exact = true;
  let open = false;
  let why: string | undefined;
  for (const fact of facts) {
    const options = optionsOf(fact);
    if (options) {
      const kept = options.length > 1 ? options.filter((each) => each.length > 0) : options;
      for (const option of kept) for (const port of option) possible.add(port);
      for (const port of kept[0] ?? []) if (kept.every((each) => each.includes(port))) always.add(port);
      alternatives = alternatives.flatMap((left) => kept.map((right) => [...left, ...right]));
      if (alternatives.length > MOST_ALTERNATIVES) {
        exact = false;
        alternatives = [[]];
      }
    } else if (fact.kind === "subsetOf") {
      exact = false;
      open ||= fact.open;
      why ??= fact.why;
      for (const port of fact.possible) possible.add(port);
      for (const port of fact.always) always.add(port);
    } else {
      exact = false;
      open = true;
      if (fact.kind === "unknown") why ??= fact.why;
    }
  }
  if (exact) {
    const distinct = new Map(alternatives.map((each) => [sorted(each).join(), sorted(each)]));
    const [first, ...others] = distinct.values();
    return others.length === 0 ? known(first ?? [], because) : oneOf([...distinct.values()], because);
  }
  const reason = open && why !== undefined ? { why } : {};
  return { kind: "subsetOf", possible: sorted(possible), always: sorted(always), open, ...reason, because };
}

function optionsOf(fact: Fact<readonly number[]>): readonly (readonly number[])[] | null {
  if (fact.kind === "known") return [fact.value];
  return fact.kind === "oneOf" ? fact.options : null;
}

function sorted(ports: Iterable<number>): readonly number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}
