import type { CharmModel, ConsumerCall, RelationSide } from "#charm";
import { type Fact, knownValue, optionsOf } from "#python";
import type { Location } from "#syntax";

/** What a relation is to the mesh. */
export type MeshRole = "mesh" | "require-cmr" | "provide-cmr";

/** The relation that a role needs, as the guide declares it ("Add required relations to charmcraft.yaml"). */
export interface MeshRelationShape {
  readonly role: MeshRole;
  readonly interface: "service_mesh" | "cross_model_mesh";
  readonly side: RelationSide;
  /** The guide's name for it, which is also the default of ServiceMeshConsumer. */
  readonly usualName: string;
  /** The coordinator's key that wires it. */
  readonly key: string;
  /** ServiceMeshConsumer's keyword that names it. */
  readonly keyword: string;
}

export const MESH_RELATIONS: Readonly<Record<MeshRole, MeshRelationShape>> = {
  mesh: {
    role: "mesh",
    interface: "service_mesh",
    side: "requires",
    usualName: "service-mesh",
    key: "service-mesh",
    keyword: "mesh_relation_name",
  },
  "provide-cmr": {
    role: "provide-cmr",
    interface: "cross_model_mesh",
    side: "provides",
    usualName: "provide-cmr-mesh",
    key: "service-mesh-provide-cmr-mesh",
    keyword: "cross_model_mesh_provides_name",
  },
  "require-cmr": {
    role: "require-cmr",
    interface: "cross_model_mesh",
    side: "requires",
    usualName: "require-cmr-mesh",
    key: "service-mesh-require-cmr-mesh",
    keyword: "cross_model_mesh_requires_name",
  },
};

export const MESH_ROLES: readonly MeshRole[] = ["mesh", "provide-cmr", "require-cmr"];

/** One place where the charm's Python ties a relation to the mesh. */
export interface WiredEndpoint {
  readonly shape: MeshRelationShape;
  readonly name: Fact<string>;
  /** The name in the source, or the call whose default it is. */
  readonly location: Location;
  /** True where the name is the library's default and does not appear in the source. */
  readonly byDefault: boolean;
  /** The consumer whose argument or default it is; null: the coordinator's endpoint map. */
  readonly consumer: ConsumerCall | null;
}

/** How the charm's Python ties itself to the mesh. */
export interface MeshWiring {
  readonly endpoints: readonly WiredEndpoint[];
  /**
   * The coordinator's three mesh keys together: `all` set, `none` set, `some` (ValueError when the charm starts), or `unknown`
   * where one can't be read; null in a charm without coordinator.
   */
  readonly coordinator: "all" | "none" | "some" | "unknown" | null;
}

/** Works it out from the coordinator's endpoint map and the consumers that the charm makes for itself. */
export function meshWiring(model: Pick<CharmModel, "coordinator" | "consumers">): MeshWiring {
  const endpoints: WiredEndpoint[] = [];
  for (const role of MESH_ROLES) {
    const shape = MESH_RELATIONS[role];
    const entry = model.coordinator?.endpoints.entries.findLast((each) => each.key === shape.key);
    if (!entry || isUnset(entry.value)) continue;
    endpoints.push({
      shape,
      name: withoutNull(entry.value),
      location: entry.valueLocation,
      byDefault: false,
      consumer: null,
    });
  }
  for (const consumer of model.consumers) {
    const given: readonly [MeshRole, Fact<string>][] = [
      ["mesh", consumer.meshRelationName],
      ["provide-cmr", consumer.crossModelMeshProvidesName],
      ["require-cmr", consumer.crossModelMeshRequiresName],
    ];
    for (const [role, name] of given) {
      const place = consumer.arguments.get(MESH_RELATIONS[role].keyword);
      if (!place && consumer.argumentsOpen) continue;
      endpoints.push({
        shape: MESH_RELATIONS[role],
        name,
        location: place ?? consumer.callee,
        byDefault: !place,
        consumer,
      });
    }
  }
  return { endpoints, coordinator: coordinatorState(model.coordinator) };
}

/** The name that is wired for certain, else undefined. */
export function wiredName(endpoint: WiredEndpoint): string | undefined {
  return knownValue(endpoint.name);
}

function coordinatorState(coordinator: CharmModel["coordinator"]): MeshWiring["coordinator"] {
  if (!coordinator) return null;
  const states = MESH_ROLES.map((role) => {
    const entry = coordinator.endpoints.entries.findLast((each) => each.key === MESH_RELATIONS[role].key);
    if (!entry) return coordinator.endpoints.complete ? "unset" : "unknown";
    const options = optionsOf(entry.value);
    if (options === null) return entry.value.kind === "template" ? "set" : "unknown";
    return options.every(Boolean) ? "set" : options.some(Boolean) ? "unknown" : "unset";
  });
  if (states.includes("set") && states.includes("unset")) return "some";
  if (states.includes("unknown")) return "unknown";
  return states.includes("set") ? "all" : "none";
}

/** `initialize` of coordinated_workers/service_mesh.py takes None and "" alike for not set. */
function isUnset(value: Fact<string | null>): boolean {
  return value.kind === "known" && !value.value;
}

function withoutNull(value: Fact<string | null>): Fact<string> {
  if (value.kind === "known" && value.value === null) return { kind: "unknown", why: "None", because: value.because };
  if (value.kind === "oneOf") {
    const options = value.options.filter((each) => each !== null);
    return { ...value, options };
  }
  return value as Fact<string>;
}
