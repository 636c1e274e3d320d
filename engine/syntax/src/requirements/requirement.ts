import type { Location } from "../text/source-file.ts";

/** One requirement as written (PEP 508), its name normalised as PEP 503 says. */
export interface Requirement {
  readonly name: string;
  /** The version constraint in PEP 440 form ("" for none); poetry's `^` and `~` are translated. */
  readonly specifier: string;
  /** The dependency group or extra it stands in; null for the main list. */
  readonly group: string | null;
  /** Environment marker as written, null for none. */
  readonly marker: string | null;
  readonly location: Location;
}

/** One package of a lock file, with the names of what it brings in. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly string[];
  readonly location: Location;
}
