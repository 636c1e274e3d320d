import type { SyntaxProblem } from "../text/problem.ts";
import type { Span } from "../text/span.ts";
import type { Requirement } from "./requirement.ts";

/** What a file says about the packages that are to be installed. */
export interface RequirementsFile {
  readonly requirements: readonly Requirement[];
  /** The `-r` and `-c` lines of a requirements.txt; a constraints file narrows versions but installs nothing. */
  readonly includes: readonly RequirementsInclude[];
  readonly problems: readonly SyntaxProblem[];
}

export interface RequirementsInclude {
  readonly kind: "requirements" | "constraints";
  /** As written, relative to the file's own folder. */
  readonly path: string;
  readonly span: Span;
}
