import type { Condition, Fact, Reason } from "#python";
import type { Location } from "#syntax";

export type PolicyKind = "AppPolicy" | "UnitPolicy" | "Policy" | "MeshPolicy";

/** The type as pydantic distinguishes it before it validates the fields; `unknown`: not readable. */
export type GivenShape = "list" | "mapping" | "endpoint" | "another-model" | "scalar" | "complex" | "unknown";

/** One element of a list that is given to a policy or endpoint, with its own place. */
export interface GivenElement {
  readonly location: Location;
  /** Plain data: strings, numbers, booleans, null. */
  readonly data: Fact<unknown>;
  readonly shape: GivenShape;
  /** When the list holds it; null: always. */
  readonly condition: Condition | null;
}

/** One argument of a policy or endpoint, as given. */
export interface PolicyArgument {
  readonly name: string;
  readonly keyword: Location | null;
  readonly value: Location;
  /** The value as plain data, for checks that pydantic would make; objects of the charm's own are `unknown`. */
  readonly data: Fact<unknown>;
  readonly shape: GivenShape;
  /** The list's elements with their own places; null where it is no readable list. */
  readonly elements: readonly GivenElement[] | null;
}

export interface DeclaredEndpoint {
  readonly ports: Fact<readonly number[] | null>;
  readonly methods: Fact<readonly string[] | null>;
  readonly paths: Fact<readonly string[] | null>;
  readonly hosts: Fact<readonly string[] | null>;
  readonly call: Location;
  readonly arguments: ReadonlyMap<string, Location>;
  readonly given: readonly PolicyArgument[];
  /** True where `**` or damage may hide arguments. */
  readonly argumentsOpen: boolean;
  /** What is passed by position, which the model does not take. */
  readonly positional: readonly Location[];
}

/** Which object the policy is handed to. */
export type PolicyHolder = "coordinator" | "consumer" | "resource-manager";

/** A policy in the charm's sources. */
export interface DeclaredPolicy {
  readonly origin: "charm" | "resource-manager";
  readonly kind: PolicyKind;
  /** null: made somewhere, but no list that could be read holds it. Unless `policiesComplete`, an unread list may. */
  readonly holder: PolicyHolder | null;
  readonly callee: Location;
  readonly call: Location;
  readonly relation: Fact<string>;
  readonly relationLocation: Location | null;
  /** AppPolicy and Policy: their endpoints; an unreadable list is `unknown`. Empty for UnitPolicy. */
  readonly endpoints: Fact<readonly DeclaredEndpoint[]>;
  /** UnitPolicy: its ports (null: not given or None). */
  readonly ports: Fact<readonly number[] | null>;
  readonly service: Fact<string | null>;
  readonly arguments: readonly PolicyArgument[];
  readonly argumentsOpen: boolean;
  /** What is passed by position, which no policy takes. */
  readonly positional: readonly Location[];
  /** MeshPolicy: the model's own fields, by name, as far as given. */
  readonly fields: ReadonlyMap<string, Fact<unknown>>;
  /** Where the policy is added only under a condition. */
  readonly condition: Condition | null;
  readonly because: readonly Reason[];
}

/** One `reconcile(...)` of a PolicyResourceManager. */
export interface ReconcileCall {
  readonly call: Location;
  /** The `mesh_type` argument; `uncalled` where it is a method that lacks its parentheses. */
  readonly meshType: { readonly location: Location; readonly uncalled: boolean } | null;
  /** Whether policies are handed over: `some` where at least one always is, `none` for an empty list or None. */
  readonly policies: "some" | "none" | "unknown";
}

/** A place that looks at the mesh's type in a way that can't give what its author expects. */
export interface MeshTypeUse {
  /** What the code does there: compares it, tests its truth, looks something up by it, or writes it into a text. */
  readonly how: "compared" | "tested" | "looked-up" | "written";
  readonly location: Location;
  /** The text that the called `mesh_type()` is compared with; null: `mesh_type` is not called. */
  readonly text: string | null;
}

/** A PolicyResourceManager that the charm makes for itself. */
export interface ResourceManagerCall {
  readonly call: Location;
  readonly callee: Location;
  readonly labels: Fact<ReadonlyMap<string, string>>;
  /** The labels as written, for comparing two managers whose labels hold names known only at run time. */
  readonly labelsText: string | null;
  /** Whether the lightkube client gets a field_manager. */
  readonly fieldManager: Fact<"given" | "absent">;
  readonly clientLocation: Location | null;
  readonly reconciles: readonly ReconcileCall[];
  readonly because: readonly Reason[];
}

/**
 * A value of a resource that a charm builds, as Kubernetes gets it. Texts hold `{app}` and `{model}` for the names of the
 * application and its model; `unread` says in words why a value is not known.
 */
export type RawNode =
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly RawNode[] }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, RawNode> }
  | { readonly kind: "unread"; readonly why: string };

/** The two parts of an AuthorizationPolicy that matter; an absent part is the value null. */
export interface RawResource {
  readonly metadata: RawNode;
  readonly spec: RawNode;
}

/** An AuthorizationPolicy that a charm builds itself, or a call of the library's helper that allows everything. */
export interface RawPolicy {
  readonly kind: "allow-all" | "authorization-policy";
  /** Whether it stands in a manifest, which the charm applies without its resource manager. */
  readonly isManifest: boolean;
  readonly call: Location;
  /** What is called; the dict itself for one that stands in a list. */
  readonly callee: Location;
  /** When the charm applies it; null: always. */
  readonly condition: Condition | null;
  /** When the helper's policy is among the raw policies that a manager gets, where it is not always; absent for others. */
  readonly handedOver?: Condition | null;
  /** null for the helper, whose resource is known. */
  readonly resource: RawResource | null;
}

/** One `Method.name` of the charm's own Python. */
export interface MethodMember {
  readonly name: string;
  /** The member's name alone, behind the dot. */
  readonly location: Location;
}
