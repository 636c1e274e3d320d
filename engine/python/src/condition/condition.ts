/**
 * What must hold in a run for something to happen, as far as the source leaves it open. A conjunction, the outermost
 * clause first. It is data: readers ask its clauses, and `conditionText` makes the words where a person sees it.
 */
export type Condition = readonly Clause[];

/** One clause of a condition. Source texts are in one line and cut to what fits in a sentence. */
export type Clause =
  /** The Python expression is true. */
  | { readonly kind: "test"; readonly source: string }
  | { readonly kind: "not"; readonly condition: Condition }
  /** A `match` takes the case of this pattern; without a pattern, any case. */
  | { readonly kind: "case"; readonly subject: string; readonly pattern: string | null }
  /** A `try` raises an exception; with a type, one of this type. */
  | { readonly kind: "exception"; readonly type: string | null }
  /** It happens in an iteration of a loop over this source; null for any loop. */
  | { readonly kind: "iteration"; readonly of: string | null; readonly earlier: boolean }
  /** An iteration ends at this statement. */
  | { readonly kind: "exit"; readonly by: "break" | "continue" }
  | { readonly kind: "non-empty"; readonly source: string }
  /** The function has been called, and nothing says that it always is. */
  | { readonly kind: "run"; readonly name: string }
  /** The config option has a value; it has no default. */
  | { readonly kind: "option"; readonly name: string }
  /** It is in one of several alternatives, and the source leaves open which one the charm takes. */
  | { readonly kind: "choice"; readonly of: "collections" | "dicts" | "lists" | "policies" }
  /** An operation that can't be followed leaves the element in its collection. */
  | { readonly kind: "kept"; readonly by: Operation }
  /** `setdefault` finds no such key. */
  | { readonly kind: "new-key" }
  /** The statement changes this object, and not another of the same name. */
  | { readonly kind: "same-object"; readonly source: string }
  /** The use comes after the whole body that binds the variable. */
  | { readonly kind: "later" }
  /** A fact that is no part of the sources, as a clause of a sentence: “the authorizer has published its address”. */
  | { readonly kind: "outside"; readonly fact: string }
  /** Control flow decides it, and a conjunction can't express it. */
  | { readonly kind: "undecided" };

/** A set operation, a slice or a filter, or the source of another operation. */
export type Operation =
  | "difference"
  | "filter"
  | "intersection"
  | "set operation"
  | "slice"
  | { readonly source: string };

/** A condition keeps at most this many clauses. One undecided clause replaces the others. */
const MOST_CLAUSES = 8;

const UNDECIDED: Clause = { kind: "undecided" };

/** It happens under a condition that has no simple form. */
export const NOT_ALWAYS: Condition = [UNDECIDED];

/** An operation that can't be followed leaves the element in its collection. */
export function keptBy(by: Operation): Condition {
  return [{ kind: "kept", by }];
}

/** Both conditions, the outer one first; null where neither is there, which means always. */
export function bothConditions(outer: Condition | null, inner: Condition | null): Condition | null {
  if (outer === null || inner === null) return outer ?? inner;
  if (sameCondition(outer, inner)) return outer;
  const all = [...outer, ...inner];
  return all.length > MOST_CLAUSES ? [...all.slice(0, MOST_CLAUSES), UNDECIDED] : all;
}

/** The condition that holds where this one does not. */
export function negated(condition: Condition): Condition {
  const [first] = condition;
  return condition.length === 1 && first?.kind === "not" ? first.condition : [{ kind: "not", condition }];
}

/** Whether both have the same clauses in the same order; null means always. */
export function sameCondition(a: Condition | null, b: Condition | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return a.every((clause, index) => {
    const other = b[index];
    return other !== undefined && sameClause(clause, other);
  });
}

function sameClause(a: Clause, b: Clause): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === "not") return sameCondition(a.condition, (b as typeof a).condition);
  return clauseText(a) === clauseText(b);
}

/** Characters of a condition's text at most. */
const LONGEST = 300;

/** The condition in words, as in “it is made only if …”. */
export function conditionText(condition: Condition): string {
  const text = condition.map(clauseText).join(" and ");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function clauseText(clause: Clause): string {
  switch (clause.kind) {
    case "test":
      return `\`${clause.source}\``;
    case "not":
      return negatedText(clause.condition);
    case "case":
      return clause.pattern === null ? "a case matches" : `\`${clause.subject}\` matches \`${clause.pattern}\``;
    case "exception":
      return clause.type === null ? "an exception is caught" : `an exception \`${clause.type}\` is raised`;
    case "iteration":
      if (clause.earlier) return "in an earlier iteration";
      return clause.of === null ? "in some iteration" : `in an iteration over \`${clause.of}\``;
    case "exit":
      return clause.by === "break" ? "an iteration leaves the loop" : "an iteration ends early";
    case "non-empty":
      return `\`${clause.source}\` is not empty`;
    case "run":
      return `\`${clause.name}()\` runs`;
    case "option":
      return `the option \`${clause.name}\` is set`;
    case "choice":
      return `it is in one of several ${clause.of}`;
    case "kept":
      return typeof clause.by === "string" ? `the ${clause.by} keeps it` : `\`${clause.by.source}\` keeps it`;
    case "new-key":
      return "the key is not set yet";
    case "same-object":
      return `\`${clause.source}\` changes this object`;
    case "later":
      return "it is used later";
    case "outside":
      return clause.fact;
    case "undecided":
      return "not always";
  }
}

function negatedText(condition: Condition): string {
  const [first] = condition;
  if (condition.length !== 1 || !first) return `not (${conditionText(condition)})`;
  switch (first.kind) {
    case "case":
      return first.pattern === null ? "no case matches" : `not ${clauseText(first)}`;
    case "exception":
      return first.type === null ? "no exception is raised" : `no exception \`${first.type}\` is raised`;
    case "exit":
      return first.by === "break" ? "no iteration leaves the loop" : "the iteration runs to its end";
    case "run":
      return `\`${first.name}()\` does not run`;
    case "later":
      return "it is used early";
    default:
      return `not ${clauseText(first)}`;
  }
}
