import type { Span } from "./span.ts";

/** Something that a reader could not read; the rest of the file is read all the same. `message` is one sentence for people. */
export interface SyntaxProblem {
  readonly span: Span;
  readonly message: string;
}
