import type { Span, TextEdit } from "#syntax";

export type CompletionKind =
  | "relation"
  | "endpoint-key"
  | "interface"
  | "method"
  | "keyword"
  | "port"
  | "snippet"
  | "event"
  | "rule"
  | "value";

/** One proposal. `insert` is plain text, or a snippet in LSP's syntax where `snippet` is set. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string | null;
  readonly documentation: string | null;
  readonly insert: string;
  readonly snippet: boolean;
  /** What it replaces. */
  readonly span: Span;
  /** Proposals that fit better come first. */
  readonly rank: number;
  readonly additional: readonly TextEdit[];
}

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
