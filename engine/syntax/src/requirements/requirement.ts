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
  readonly extras: readonly string[];
  /** True if it comes from a repository, an archive or a folder: its version then says nothing about its content. */
  readonly elsewhere: boolean;
  readonly location: Location;
}

/** Something that a locked package brings in. */
export interface LockedDependency {
  readonly name: string;
  /** The version, where the lock names it because there are several. */
  readonly version: string | null;
  readonly extras: readonly string[];
  readonly marker: string | null;
}

/** One package of a lock file, with what it brings in. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `registry`: a release. `elsewhere`: a git revision, an archive or a folder, whose version number proves nothing. */
  readonly source: "registry" | "elsewhere";
  /** Markers of the forks of a resolution that take this entry, any of which is enough; empty: it counts for every Python. */
  readonly markers: readonly string[];
  readonly dependencies: readonly LockedDependency[];
  /** What each extra brings in. */
  readonly extras: ReadonlyMap<string, readonly LockedDependency[]>;
  readonly location: Location;
}
