import type { Location } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import type { BoundArguments, Element, PyValue } from "../values/value.ts";

/** What a builtin function is given. */
export interface Given {
  readonly cx: Interpreter;
  readonly args: readonly PyValue[];
  readonly all: BoundArguments;
  readonly at: Location;
  /** How the source writes the first argument, for a hole. */
  readonly text: string;
}

/** The result of one builtin; null if it is unknown. */
export type Builtin = (given: Given) => PyValue | null;

/** The elements of a collection that is readable whole; null for any other value. */
export function certainElements(cx: Interpreter, value: PyValue | undefined): readonly Element[] | null {
  const list = value ? cx.iterated(value) : null;
  if (!list || list.open !== null || list.loose || list.elements.some((one) => one.condition !== null)) return null;
  return list.elements;
}
