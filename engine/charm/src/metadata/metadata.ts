import type { Location, SourceFile, SyntaxProblem } from "#syntax";

export type RelationSide = "provides" | "requires" | "peers";

/** One relation of charmcraft.yaml; null fields are not set or not of the right type (then `problems` says so). */
export interface CharmRelation {
  readonly endpoint: string;
  readonly side: RelationSide;
  readonly interface: string | null;
  readonly limit: number | null;
  readonly optional: boolean | null;
  readonly scope: string | null;
  readonly description: string | null;
  /** The endpoint's key, its whole block, and the value of each field that is set. */
  readonly key: Location;
  readonly block: Location;
  readonly fields: ReadonlyMap<string, { readonly key: Location; readonly value: Location | null }>;
}

/** A block under provides, requires or peers that breaks the schema. */
export interface MetadataProblem {
  readonly location: Location;
  readonly message: string;
  readonly code: "invalid-relation-block" | "duplicate-endpoint-name";
  readonly related: readonly { readonly location: Location; readonly message: string }[];
}

export interface ConfigOption {
  readonly name: string;
  readonly type: string | null;
  readonly default: string | number | boolean | null;
  readonly location: Location;
}

export interface CharmLib {
  readonly lib: string;
  readonly version: string | null;
  /** The text behind `lib:`. */
  readonly location: Location;
  readonly versionLocation: Location | null;
}

export interface CharmMetadata {
  readonly name: string | null;
  readonly nameLocation: Location | null;
  /** `charm` or `bundle`; null where the file has no type, as in metadata.yaml. */
  readonly type: string | null;
  /** charmcraft.yaml or metadata.yaml: the file that declares the relations. null for a folder without either. */
  readonly file: SourceFile | null;
  readonly relations: readonly CharmRelation[];
  /** False where the file is absent or damaged, or an extension adds relations when the charm is packed: none may be called missing. */
  readonly relationsComplete: boolean;
  /** Charmcraft extensions such as `flask-framework`. */
  readonly extensions: readonly { readonly name: string; readonly location: Location }[];
  readonly containers: readonly { readonly name: string; readonly location: Location }[];
  readonly config: ReadonlyMap<string, ConfigOption>;
  readonly charmLibs: readonly CharmLib[];
  /** Plugins of the parts that build a charm (`charm`, `uv`, `poetry`, `reactive`…), by part name. */
  readonly partPlugins: ReadonlyMap<string, string>;
  readonly problems: readonly MetadataProblem[];
  /** What the YAML reader could not read, in charmcraft.yaml, metadata.yaml and config.yaml. */
  readonly syntaxProblems: readonly { readonly file: SourceFile; readonly problem: SyntaxProblem }[];
  /** Spans of the mapping keys `provides:` and `requires:` and so on, for insertions. */
  readonly sections: ReadonlyMap<string, { readonly key: Location; readonly value: Location | null }>;
}
