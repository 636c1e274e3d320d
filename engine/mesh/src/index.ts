/** The public face of the mesh room: what other rooms may use. */

export type { Check } from "./explain/cluster-checks.ts";
export { type DenialLog, type DenialReader, denialReader } from "./explain/denial-log.ts";
export {
  denialDirectory,
  type Expectation,
  type ExplainedDenial,
  explainedDenials,
} from "./explain/explained-denials.ts";
export { type GraphInput, type GraphLayerId, type GraphOptions, graphInput } from "./graph/graph-input.ts";
export { GRAPH_LAYERS } from "./graph/graph-layers.ts";
export { type PolicyCounts, policyCounts } from "./graph/policy-counts.ts";
export type { EdgeKind, GraphBox, GraphEdge, GraphNode, NodeKind, TrafficGraph } from "./graph/traffic-graph.ts";
export { mergedGraph, trafficGraph } from "./graph/traffic-graph-of.ts";
export { authorize } from "./policy/authorize.ts";
export { contributedPolicies, type EffectiveOptions, effectivePolicies } from "./policy/effective-policies.ts";
export type {
  EffectivePolicies,
  EffectivePolicy,
  HttpAttribute,
  PolicyOrigin,
  UnreadPolicies,
} from "./policy/effective-policy.ts";
export type { Flow, FlowField, FlowSource, FlowStep, FlowTarget, FlowVerdict, NearestPolicy } from "./policy/flow.ts";
export { grantsAll, type RedundantPolicy, redundantPolicies } from "./policy/grants-all.ts";
export { principalOf } from "./policy/library/authorization-policy.ts";
export {
  type BuildInput,
  builtMeshPolicies,
  crossFieldFailure,
  meshPolicyFor,
  type PolicySource,
  policiesDatabag,
  policySource,
  unitEndpoints,
} from "./policy/library/build-mesh-policies.ts";
export {
  CLUSTER_LABEL,
  type ClusterResourceManager,
  clusterInternalPolicies,
  clusterResourceManager,
} from "./policy/library/cluster-internal.ts";
export {
  type CrossModelData,
  type CrossModelRelation,
  crossModelData,
  crossModelDataByApp,
} from "./policy/library/cmr-data.ts";
export {
  type CoordinatorConsumer,
  coordinatorConsumer,
  coordinatorDefaultPolicies,
  MESH_ENDPOINT_KEYS,
  NGINX_EXPORTER_PORT,
  PARTIAL_MESH_ENDPOINTS,
  PROXIED_METRICS_PATH,
} from "./policy/library/coordinator-defaults.ts";
export {
  type ExactEndpoint,
  type ExactMeshPolicy,
  endpointDump,
  exact,
  exactEndpoints,
  exactMeshPolicy,
  exactPorts,
  meshPolicyDump,
  plain,
} from "./policy/library/exact-mesh-policy.ts";
export {
  type ClientCall,
  type LabelStep,
  type Labels,
  type LabelTarget,
  labelStep,
  type StoredConfigMap,
} from "./policy/library/label-reconciliation.ts";
export {
  charmKubernetesLabel,
  type LabelPackage,
  type LabelParts,
  LONGEST_LABEL,
  truncatedLabelValue,
} from "./policy/library/label-values.ts";
export {
  type LibraryPolicy,
  libraryPolicies,
  libraryPolicy,
  libraryPolicyDump,
  type ValidationFailure,
} from "./policy/library/library-policy.ts";
export {
  type FieldType,
  type Generation,
  METHODS,
  MODELS,
  type ModelField,
  type ModelName,
} from "./policy/library/models.ts";
export { type PolicyResource, policyResource } from "./policy/library/policy-resource.ts";
export type { PolicyManager } from "./policy/library/resource-name.ts";
export {
  type FieldError,
  type MeshPolicyTarget,
  meshPolicyProblem,
  modelDump,
  type Validation,
  validatedModel,
} from "./policy/library/validation.ts";
export { meshMembership } from "./policy/mesh-membership.ts";
export type {
  AuthorizationPolicy,
  AuthorizationPolicyOperation,
  AuthorizationPolicyRule,
  AuthorizationPolicySource,
  AuthorizationPolicySpec,
  Endpoint,
  MeshPolicy,
  Method,
} from "./policy/mesh-policy.ts";
export { jsonText } from "./policy/python/json-text.ts";
export { jsonValue } from "./policy/python/json-value.ts";
export { pythonRepr } from "./policy/python/repr.ts";
export { compareCodePoints } from "./policy/python/text.ts";
export { parsedUrl } from "./policy/python/url.ts";
export {
  dictEntry,
  failure,
  isDict,
  isList,
  isTruthy,
  type PyBytes,
  type PyDict,
  type PyEnumMember,
  type PyFloat,
  type PyInt,
  type PyIterable,
  type PyList,
  type PyModelInstance,
  type PyObject,
  type PythonError,
  type PyValue,
  pyInt,
  type Result,
  tagged,
  typeName,
} from "./policy/python/value.ts";
export {
  GRPC_REFUSED,
  type NginxLocation,
  type NginxUpstream,
  publishedLoki,
  type TelemetryInput,
  type TelemetryNginx,
  telemetryNginx,
  type WorkerUnit,
} from "./policy/telemetry/proxy-nginx.ts";
export {
  applicationHostname,
  dashed,
  hostLabel,
  lokiPushPath,
  portOf,
  remoteWritePath,
  speaksTls,
  type TracingKind,
  tracingPath,
  UPSTREAM_PREFIX,
  workerMetricsPath,
} from "./policy/telemetry/proxy-paths.ts";
export {
  type CoordinatorPlace,
  lokiEndpoints,
  proxyBase,
  remoteWriteEndpoints,
  type ScrapeJob,
  tracingReceivers,
  workerScrapeJobs,
} from "./policy/telemetry/telemetry-endpoints.ts";
export { type ClusterPolicies, type ClusterPolicy, clusterPolicies } from "./review/cluster-policies.ts";
export { comparedGraph } from "./review/compared-graph.ts";
export { type Drift, type DriftedPolicy, drift } from "./review/drift.ts";
export { type ChangeKind, type Granted, type PolicyChange, policyChanges } from "./review/policy-changes.ts";
export { type ClusterWorkerData, clusterWorkerData } from "./topology/databags/cluster-worker-data.ts";
export { crossModelMeshData, serviceMeshData } from "./topology/databags/mesh-databags.ts";
export { clusterDatabags, isClusterInterface } from "./topology/databags/with-databag-facts.ts";
export { defaultTopology } from "./topology/default-topology.ts";
export { clusterRelation, inferredTopology } from "./topology/inferred-topology.ts";
export { topologySyntaxProblems } from "./topology/reading/top-level.ts";
export { remoteName } from "./topology/remote-name.ts";
export { meshTopologyJsonSchema } from "./topology/sources/mesh-topology-schema.ts";
export { TOPOLOGY_SOURCES, topologiesOf } from "./topology/topologies-of.ts";
export {
  type Application,
  type CrossModel,
  type Databag,
  DEFAULT_MESH_MODE,
  type MeshMode,
  type Offer,
  type RelationEnd,
  type Topology,
  type TopologyProblem,
  type TopologyRelation,
  type TopologySourceId,
} from "./topology/topology.ts";
export type { TopologySource } from "./topology/topology-source.ts";
