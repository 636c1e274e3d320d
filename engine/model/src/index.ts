/** The public face of the model room: what other rooms may use. */

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
  type Opens,
} from "./catalog/interfaces.ts";
export * from "./catalog/library-defaults.ts";
export { MESH_LIBRARY, PACKAGED_MESH_LIBRARY } from "./catalog/library-names.ts";
export * from "./catalog/mesh-library-generations.ts";
export type * from "./charm/charm-files.ts";
export type * from "./charm/charm-model.ts";
export { charmModel } from "./charm/charm-of.ts";
export { charmSources } from "./charm/source/source-roots.ts";
export * from "./fact/fact.ts";
export * from "./fact/reason.ts";
export { type GraphInput, type GraphLayerId, type GraphOptions, graphInput } from "./graph/graph-input.ts";
export { GRAPH_LAYERS } from "./graph/graph-layers.ts";
export { type PolicyCounts, policyCounts } from "./graph/policy-counts.ts";
export type * from "./graph/traffic-graph.ts";
export { mergedGraph, trafficGraph } from "./graph/traffic-graph-of.ts";
export { authorize } from "./policy/authorize.ts";
export { contributedPolicies, type EffectiveOptions, effectivePolicies } from "./policy/effective-policies.ts";
export type * from "./policy/effective-policy.ts";
export type * from "./policy/flow.ts";
export { grantsAll, type RedundantPolicy, redundantPolicies } from "./policy/grants-all.ts";
export { principalOf } from "./policy/library/authorization-policy.ts";
export * from "./policy/library/build-mesh-policies.ts";
export * from "./policy/library/cluster-internal.ts";
export * from "./policy/library/cmr-data.ts";
export * from "./policy/library/coordinator-defaults.ts";
export * from "./policy/library/exact-mesh-policy.ts";
export * from "./policy/library/label-reconciliation.ts";
export * from "./policy/library/label-values.ts";
export * from "./policy/library/library-policy.ts";
export * from "./policy/library/models.ts";
export * from "./policy/library/policy-resource.ts";
export type { PolicyManager } from "./policy/library/resource-name.ts";
export * from "./policy/library/validation.ts";
export { meshMembership } from "./policy/mesh-membership.ts";
export type * from "./policy/mesh-policy.ts";
export { jsonText } from "./policy/python/json-text.ts";
export { jsonValue } from "./policy/python/json-value.ts";
export { pythonRepr } from "./policy/python/repr.ts";
export { compareCodePoints } from "./policy/python/text.ts";
export { parsedUrl } from "./policy/python/url.ts";
export * from "./policy/python/value.ts";
export * from "./policy/telemetry/proxy-nginx.ts";
export * from "./policy/telemetry/proxy-paths.ts";
export * from "./policy/telemetry/telemetry-endpoints.ts";
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
export * from "./topology/topology.ts";
export type { TopologySource } from "./topology/topology-source.ts";
