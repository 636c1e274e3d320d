/** The public face of the charm room: what other rooms may use. */

export {
  ENDPOINT_KEYS,
  type EndpointKey,
  endpointKey,
  fitsEndpointKey,
  MESH_ENDPOINT_KEYS,
} from "./catalog/endpoint-keys.ts";
export {
  connectsTo,
  INTERFACES,
  type InterfaceKnowledge,
  interfaceKnowledge,
  mayConnectTo,
} from "./catalog/interfaces.ts";
export {
  CONSUMER_DEFAULTS,
  COORDINATOR_DEFAULTS,
  COORDINATOR_LIBRARIES,
  COORDINATOR_LIBRARIES_BEFORE_4,
  METHOD_MEMBERS,
  PROXY_PATHS,
  WORKER_LIBRARIES,
} from "./catalog/library-defaults.ts";
export { MESH_LIBRARY, neverLooksUpRelations, PACKAGED_MESH_LIBRARY } from "./catalog/library-names.ts";
export {
  MESH_LIBRARY_BRINGERS,
  MESH_LIBRARY_NEEDS,
  meshLibrarySince,
  PYDANTIC_NEED,
  packagedModuleOf,
} from "./catalog/mesh-library-generations.ts";
export { packagedRelationNames } from "./catalog/packaged-relation-names.ts";
export {
  ALLOW_ALL_HELPER,
  BEACON_KNOWLEDGE,
  FIRST_MESH_VERSION,
  INGRESS_KNOWLEDGE,
  ISTIO_KNOWLEDGE,
  POLICY_CITATIONS,
} from "./catalog/policy-sources.ts";
export { publicCharmNamed } from "./catalog/public-charms.ts";
export type { CharmFiles } from "./charm-files.ts";
export type {
  AddressKind,
  CharmDependencies,
  CharmLib,
  CharmMetadata,
  CharmModel,
  CharmRelation,
  ConsumerCall,
  CoordinatorCall,
  DeclaredEndpoint,
  DeclaredPolicy,
  Dependency,
  DiscardedObject,
  EndpointMap,
  EndpointMapEntry,
  GivenElement,
  GivenShape,
  Library,
  ManifestService,
  MeshTypeUse,
  PolicyArgument,
  PublishedAddress,
  RawNode,
  RawPolicy,
  RawResource,
  ReconcileCall,
  RelationSide,
  RelationUse,
  TelemetryProxy,
  WorkerCall,
} from "./charm-model.ts";
export { charmModel, parsingSteps } from "./charm-of.ts";
export { isManifestPath } from "./manifests/manifest-path.ts";
export { isDeclaredOnly } from "./metadata/declared-only.ts";
export { isLeaderClause } from "./source/leader-clause.ts";
export { charmSources } from "./source/source-roots.ts";
