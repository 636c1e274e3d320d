import type { Value, Values } from "./operand.ts";

export type Operator = "=" | "!=" | ">" | ">=" | "<" | "<=" | "*=" | "^=" | "$=" | "!*=" | "!^=" | "!$=";

/** A comparison with a fixed value. */
export interface Comparison {
  /** Whether the list of values fulfils it. A negated comparison asks that no value fulfils its positive form. */
  readonly holds: (values: Values) => boolean;
  /** The positive form, for one text. */
  readonly positive: (text: string) => boolean;
}

/**
 * A comparison of texts without regard to case, of numbers by size. A list fulfils it when one of its values does; where
 * everything is allowed (`every`), each single value counts as contained, as a port that no policy restricts is.
 */
export function comparison(operator: Operator, wanted: string): Comparison {
  const negated = operator.startsWith("!");
  const positiveOperator = negated ? operator.slice(1) : operator;
  const one = (value: Value): boolean => compare(positiveOperator, value, wanted);
  return {
    positive: one,
    holds: ({ values, every }) => {
      const some = values.some(one) || (every && positiveOperator === "=");
      return negated ? !some : some;
    },
  };
}

function compare(operator: string, value: Value, wanted: string): boolean {
  const number = Number(wanted);
  switch (operator) {
    case ">":
      return typeof value === "number" && value > number;
    case ">=":
      return typeof value === "number" && value >= number;
    case "<":
      return typeof value === "number" && value < number;
    case "<=":
      return typeof value === "number" && value <= number;
  }
  if (typeof value === "number" && operator === "=") return value === number;
  const text = String(value).toLowerCase();
  const sought = wanted.toLowerCase();
  switch (operator) {
    case "*=":
      return text.includes(sought);
    case "^=":
      return text.startsWith(sought);
    case "$=":
      return text.endsWith(sought);
    default:
      return text === sought;
  }
}
