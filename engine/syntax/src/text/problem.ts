import type { Span } from "./span.ts";

/** A problem of a reader, which still reads the rest of the file. `message` is one sentence for people. */
export interface SyntaxProblem {
  readonly span: Span;
  readonly message: string;
}
