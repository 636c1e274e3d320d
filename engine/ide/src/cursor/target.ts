import type {
  CharmLib,
  CharmModel,
  CharmRelation,
  ConsumerCall,
  CoordinatorCall,
  DeclaredEndpoint,
  DeclaredPolicy,
  EndpointMap,
  EndpointMapEntry,
  RelationUse,
  TelemetryProxy,
  WorkerCall,
} from "#charm";
import type { Location } from "#syntax";

/** The target under a cursor: something with a meaning, with its exact place. */
interface Place {
  readonly charm: CharmModel;
  readonly location: Location;
}

/** The name of a relation where charmcraft.yaml declares it. */
export interface RelationTarget extends Place {
  readonly kind: "relation";
  readonly relation: CharmRelation;
}

/** The value behind `interface:`. */
export interface InterfaceTarget extends Place {
  readonly kind: "interface";
  readonly relation: CharmRelation;
  readonly name: string;
}

/** A string or event attribute in Python that names a relation; null where charmcraft.yaml does not declare it. */
export interface RelationUseTarget extends Place {
  readonly kind: "relation-use";
  readonly endpoint: string;
  /** The name alone, where the place is a longer word around it: an event's attribute. */
  readonly name: Location;
  readonly role: RelationUse["role"];
  readonly relation: CharmRelation | null;
}

/** A key of the Coordinator's or Worker's endpoint map. */
export interface EndpointKeyTarget extends Place {
  readonly kind: "endpoint-key";
  readonly entry: EndpointMapEntry;
  readonly map: EndpointMap;
  readonly of: "coordinator" | "worker";
}

/** The class name of a policy that is made. */
export interface PolicyTarget extends Place {
  readonly kind: "policy";
  readonly policy: DeclaredPolicy;
}

/** The value of `ports=`: of a UnitPolicy, or of an Endpoint of an AppPolicy. */
export interface PortsTarget extends Place {
  readonly kind: "ports";
  readonly policy: DeclaredPolicy;
  readonly endpoint: DeclaredEndpoint | null;
}

/** `Method.x`. */
export interface MethodTarget extends Place {
  readonly kind: "method";
  readonly name: string;
}

/** The class name of the Coordinator call. */
export interface CoordinatorTarget extends Place {
  readonly kind: "coordinator";
  readonly coordinator: CoordinatorCall;
}

/** The class name of the Worker call. */
export interface WorkerTarget extends Place {
  readonly kind: "worker";
  readonly worker: WorkerCall;
}

/** The class name of a ServiceMeshConsumer call. */
export interface ConsumerTarget extends Place {
  readonly kind: "consumer";
  readonly consumer: ConsumerCall;
}

/** A port of WorkerTelemetryProxyConfig. */
export interface ProxyPortTarget extends Place {
  readonly kind: "proxy-port";
  readonly proxy: TelemetryProxy;
  readonly scheme: "http" | "https";
}

/** An entry of `charm-libs`. */
export interface CharmLibTarget extends Place {
  readonly kind: "charm-lib";
  readonly lib: CharmLib;
}

/** `application:endpoint` in a bundle or in mesh-topology.yaml, where the application is a charm of the workspace. */
export interface DeployedEndpointTarget extends Place {
  readonly kind: "deployed-endpoint";
  readonly application: string;
  readonly endpoint: string;
  /** The endpoint alone. */
  readonly name: Location;
  readonly relation: CharmRelation | null;
}

/**
 * The one table that every feature of the editor rests on. A feature answers for each kind (`ByKind`), so that a new kind does
 * not compile until hover, definition, references, rename and the others say what it means to them.
 */
export type Target =
  | RelationTarget
  | InterfaceTarget
  | RelationUseTarget
  | EndpointKeyTarget
  | PolicyTarget
  | PortsTarget
  | MethodTarget
  | CoordinatorTarget
  | WorkerTarget
  | ConsumerTarget
  | ProxyPortTarget
  | CharmLibTarget
  | DeployedEndpointTarget;

export type TargetKind = Target["kind"];

/** One answer a kind of target. */
export type ByKind<Arguments extends readonly unknown[], Answer> = {
  readonly [K in TargetKind]: (target: Extract<Target, { kind: K }>, ...args: Arguments) => Answer;
};

/** The answer of a table for one target. */
export function answered<Arguments extends readonly unknown[], Answer>(
  table: ByKind<Arguments, Answer>,
  target: Target,
  ...args: Arguments
): Answer {
  return (table[target.kind] as (target: Target, ...args: Arguments) => Answer)(target, ...args);
}
