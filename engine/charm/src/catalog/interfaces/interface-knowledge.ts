/** Which side of a Juju relation opens network connections to the other one. */
export type Opens = "provider" | "requirer" | "both" | "none";

export type TelemetryKind = "metrics" | "logs" | "traces" | "remote-write" | "profiles" | "probes";

/**
 * What is known about one Juju interface. "Opens" is about the workloads' traffic that the mesh sees, not about data in
 * databags: an interface over which only a certificate or a dashboard is handed over opens `none`.
 */
export interface InterfaceKnowledge {
  readonly name: string;
  /** Other spellings of the same interface. */
  readonly aliases: readonly string[];
  /** What the relation is for, in a few words. */
  readonly about: string;
  readonly opens: Opens;
  /**
   * False where it depends on the charms whether there is traffic between the two at all: the provider may hand over the address of
   * something elsewhere (an object store, an identity provider behind an ingress).
   */
  readonly sure: boolean;
  readonly protocol: "http" | "grpc" | "http or grpc" | "tcp" | "udp" | null;
  readonly telemetry: TelemetryKind | null;
  /** The side that gathers the telemetry, independent of which side opens the connection; null for other interfaces. */
  readonly backend: "provider" | "requirer" | null;
  /** The well-known ports; empty where each charm has its own. */
  readonly ports: readonly number[];
  /** The way in which a charm publishes its port or address to the other side; null where there is no traffic. */
  readonly portSource: string | null;
  /**
   * What grants this traffic without a policy of the charm: the ingress charm makes policies for its backends, the mesh's own
   * charms communicate over their relations, the coordinator package grants traffic inside its cluster. null: nothing does.
   */
  readonly handledBy: "ingress" | "mesh" | "cluster" | null;
  readonly citation: string;
}

/** Parts of an entry; what is left out is as usual for the function that takes it. */
type Given = Pick<InterfaceKnowledge, "name" | "about" | "citation"> & Partial<InterfaceKnowledge>;

/** An interface over which data but no traffic flows. */
export function dataOnly(given: Given): InterfaceKnowledge {
  return { ...EMPTY, ...given };
}

/** An interface over which the requirer connects to the provider's server: the usual case. */
export function requirerCalls(given: Given): InterfaceKnowledge {
  return { ...EMPTY, opens: "requirer", protocol: "http", portSource: "the provider's databag", ...given };
}

/** An interface over which the provider connects to the requirer's server, as an ingress does. */
export function providerCalls(given: Given): InterfaceKnowledge {
  return { ...EMPTY, opens: "provider", protocol: "http", portSource: "the requirer's databag", ...given };
}

/** An interface over which both sides connect to each other. */
export function bothCall(given: Given): InterfaceKnowledge {
  return { ...EMPTY, opens: "both", protocol: "http", portSource: "both databags", ...given };
}

const EMPTY = {
  aliases: [],
  opens: "none",
  sure: true,
  protocol: null,
  telemetry: null,
  backend: null,
  ports: [],
  portSource: null,
  handledBy: null,
} as const satisfies Partial<InterfaceKnowledge>;
