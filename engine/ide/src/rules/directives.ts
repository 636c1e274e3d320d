import type { Location } from "#syntax";

/** One code of one suppression comment. */
export interface Suppression {
  readonly code: string;
  /** The code in the comment. */
  readonly location: Location;
  /** The whole comment, and the line that it speaks of; null for the whole file. */
  readonly comment: Location;
  readonly line: number | null;
  /** How many codes the comment names: removing the last one removes the comment. */
  readonly siblings: number;
}

/** A code that a settings file names. */
export interface SettingCode {
  readonly code: string;
  readonly location: Location;
}

/** The tool's own comments and settings, with what came of them. */
export interface Directives {
  readonly suppressions: readonly Suppression[];
  readonly used: ReadonlySet<Suppression>;
  readonly settings: readonly SettingCode[];
  /** Settings and values in settings files that there are not. */
  readonly settingProblems: readonly { readonly message: string; readonly location: Location }[];
  /** The codes of all rules. */
  readonly codes: readonly string[];
  /** Rules that are off: a suppression of one has nothing to do and that is no fault. */
  readonly off: (code: string, path: string) => boolean;
}
