/** The public face of the model room: what other rooms may use. */

export {
  connectsTo,
  INTERFACES,
  type InterfaceKnowledge,
  interfaceKnowledge,
  type Opens,
} from "./catalog/interfaces.ts";
export type * from "./charm/charm-files.ts";
export type * from "./charm/charm-model.ts";
export * from "./fact/fact.ts";
export * from "./fact/reason.ts";
export type * from "./graph/traffic-graph.ts";
export { authorize } from "./policy/authorize.ts";
export { type EffectiveOptions, effectivePolicies } from "./policy/effective-policies.ts";
export type * from "./policy/effective-policy.ts";
export type * from "./policy/flow.ts";
export { grantsAll } from "./policy/grants-all.ts";
export { meshMembership } from "./policy/mesh-membership.ts";
export type * from "./policy/mesh-policy.ts";
export * from "./topology/topology.ts";
