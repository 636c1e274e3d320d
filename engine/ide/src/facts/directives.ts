import type { Location } from "#syntax";

/** One code of one suppression comment, or a comment that names none. */
export interface Suppression {
  /** null: the comment has no brackets, none that end, or nothing in them. */
  readonly code: string | null;
  /** The code in the comment; without one, the directive part of the comment. */
  readonly location: Location;
  /** The whole comment, and the line that it applies to; null for the whole file. */
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
  /** For comments without a code: the codes of the findings at the place that they apply to. */
  readonly meant: ReadonlyMap<Suppression, ReadonlySet<string>>;
  readonly settings: readonly SettingCode[];
  /** Unknown settings and invalid values in settings files. */
  readonly settingProblems: readonly { readonly message: string; readonly location: Location }[];
  /** The codes of all rules. */
  readonly codes: readonly string[];
  /** Rules that are off: a suppression of one has nothing to do and that is no fault. */
  readonly off: (code: string, path: string) => boolean;
}
