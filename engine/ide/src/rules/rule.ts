import type { Finding, Severity } from "../diagnostic.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import type { DeploymentFacts } from "../facts/deployment-facts.ts";
import type { Directives } from "../facts/directives.ts";

/** A rule's name is its code, the stem of its file and of its page under docs/rules. It never changes. */
interface Description {
  readonly name: string;
  /** One sentence for lists; the page under docs/rules has the details. */
  readonly summary: string;
  /** The severities that it can have, the usual one first. */
  readonly severities: readonly [Severity, ...Severity[]];
}

/** A rule about one charm. */
export interface CharmRule extends Description {
  readonly scope: "charm";
  findings(facts: CharmFacts): Iterable<Finding>;
  /** What only a deployment decides. */
  deployedFindings?(facts: DeploymentFacts): Iterable<Finding>;
}

/** A rule about a coordinator and a worker of one cluster. */
export interface ClusterRule extends Description {
  readonly scope: "cluster";
  findings(coordinator: CharmFacts, worker: CharmFacts): Iterable<Finding>;
}

/** A rule about one deployment. */
export interface DeploymentRule extends Description {
  readonly scope: "deployment";
  findings(facts: DeploymentFacts): Iterable<Finding>;
}

/** A rule about suppression comments and settings; it runs after all others. */
export interface DirectiveRule extends Description {
  readonly scope: "directives";
  findings(directives: Directives): Iterable<Finding>;
}

export type Rule = CharmRule | ClusterRule | DeploymentRule | DirectiveRule;

/** Builds a rule about one charm. */
export function charmRule(rule: Omit<CharmRule, "scope">): CharmRule {
  return { ...rule, scope: "charm" };
}

/** Builds a rule about a coordinator and a worker of one cluster. */
export function clusterRule(rule: Omit<ClusterRule, "scope">): ClusterRule {
  return { ...rule, scope: "cluster" };
}

/** Builds a rule about one deployment. */
export function deploymentRule(rule: Omit<DeploymentRule, "scope">): DeploymentRule {
  return { ...rule, scope: "deployment" };
}

/** Builds a rule about suppression comments and settings. */
export function directiveRule(rule: Omit<DirectiveRule, "scope">): DirectiveRule {
  return { ...rule, scope: "directives" };
}
