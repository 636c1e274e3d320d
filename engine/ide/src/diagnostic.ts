import type { FileEdit, Location } from "#syntax";

export type Severity = "error" | "warning" | "information" | "hint";

/** One mechanical change that makes a finding go away. Edits may touch several files. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly FileEdit[];
  /** True for the one that "fix all" takes. */
  readonly preferred: boolean;
}

/** One finding. `code` is the rule's name: the stem of its file, its page and its test. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: Location;
  readonly related: readonly { readonly location: Location; readonly message: string }[];
  readonly fixes: readonly Fix[];
  /** LSP's tags: `unnecessary` is drawn faded, `deprecated` struck through. */
  readonly tags: readonly ("unnecessary" | "deprecated")[];
  /** Set for a finding in a charm that is part of another's tests: then it is at most a warning. */
  readonly test?: boolean;
}

/** What a rule reports about one place. Code and severity come from the rule; `severity` only where a rule has several. */
export interface Finding {
  readonly message: string;
  readonly location: Location;
  readonly severity?: Severity;
  readonly related?: Diagnostic["related"];
  readonly fixes?: readonly Fix[];
  readonly tags?: Diagnostic["tags"];
}
