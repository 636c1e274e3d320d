/** The public face of the mesh room: what other rooms may use. */

export { type DenialLog, denialReader } from "./explain/denial-log.ts";
export { denialDirectory, type ExplainedDenial, explainedDenials } from "./explain/explained-denials.ts";
export { GRAPH_LAYERS } from "./graph/graph-layers.ts";
export { policyCounts } from "./graph/policy-counts.ts";
export type { GraphEdge, GraphNode, TrafficGraph } from "./graph/traffic-graph.ts";
export { trafficGraph } from "./graph/traffic-graph-of.ts";
export { authorize } from "./policy/authorize.ts";
export { UNKNOWN_HASH } from "./policy/effective/effective-policy-of.ts";
export { publishedSchemes } from "./policy/effective/served-tls.ts";
export { contributedPolicies, effectivePolicies } from "./policy/effective-policies.ts";
export { allowsNothing, type EffectivePolicies, type EffectivePolicy } from "./policy/effective-policy.ts";
export type { Flow, FlowVerdict } from "./policy/flow.ts";
export { NGINX_EXPORTER_PORT } from "./policy/library/coordinator-defaults.ts";
export { istioRefusal, pathRefusal } from "./policy/library/istio-validation.ts";
export { METHODS, MODELS, type ModelName } from "./policy/library/models.ts";
export { meshPolicyProblem, validatedModel } from "./policy/library/validation.ts";
export { meshMembership } from "./policy/mesh-membership.ts";
export type { Endpoint } from "./policy/mesh-policy.ts";
export { placeholderComment } from "./policy/placeholder-comment.ts";
export { policyScope } from "./policy/policy-scope.ts";
export type { PyValue } from "./policy/python/value.ts";
export { clusterPolicies } from "./review/cluster-policies.ts";
export type { ComparedState } from "./review/compared-flows.ts";
export { comparedGraph } from "./review/compared-graph.ts";
export { type Consequence, type ConsequenceKind, consequences, type Granted } from "./review/consequences.ts";
export { type Drift, drift } from "./review/drift.ts";
export { clusterWorkerData } from "./topology/databags/cluster-worker-data.ts";
export { clusterDatabags } from "./topology/databags/with-databag-facts.ts";
export { defaultTopology } from "./topology/default-topology.ts";
export { inferredTopology } from "./topology/inferred-topology.ts";
export { DEFAULT_MESH_MODE, type MeshMode, type MeshSwitches, switchesOf, withSwitches } from "./topology/mesh-mode.ts";
export { topologySyntaxProblems } from "./topology/reading/top-level.ts";
export { TOPOLOGY_SOURCES, topologiesOf } from "./topology/topologies-of.ts";
export type {
  Application,
  RelationEnd,
  Topology,
  TopologyRelation,
} from "./topology/topology.ts";
