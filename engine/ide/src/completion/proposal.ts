import type { Span } from "#syntax";
import type { Completion } from "./completion.ts";

type Given = Pick<Completion, "label" | "kind"> & Partial<Omit<Completion, "span">>;

/** A proposal with what most of them have in common: it inserts its label as plain text. */
export function proposal(span: Span, given: Given): Completion {
  return {
    detail: null,
    documentation: null,
    insert: given.label,
    snippet: false,
    rank: 1,
    additional: [],
    ...given,
    span,
  };
}
