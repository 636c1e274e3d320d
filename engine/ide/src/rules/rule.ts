import type { Topology } from "#mesh";
import type { Location } from "#syntax";
import type { Diagnostic, Fix, Severity } from "../diagnostic.ts";
import type { CharmFact, CharmFacts } from "./charm-facts.ts";
import type { Directives } from "./directives.ts";

/** What a rule says about one place. Code and severity come from the rule; `severity` only where a rule has several. */
export interface Finding {
  readonly message: string;
  readonly location: Location;
  readonly severity?: Severity;
  readonly related?: Diagnostic["related"];
  readonly fixes?: readonly Fix[];
  readonly tags?: Diagnostic["tags"];
}

/** A rule's name is its code, the stem of its file and of its page under docs/rules. It is stable for ever. */
interface Description {
  readonly name: string;
  /** One sentence for lists; the page under docs/rules says the rest. */
  readonly summary: string;
  /** The severities that it can have, the usual one first. */
  readonly severities: readonly [Severity, ...Severity[]];
}

/** Looks at one charm, at the facts that it declares, and at nothing else. */
export interface CharmRule extends Description {
  readonly scope: "charm";
  readonly needs: readonly CharmFact[];
  findings(facts: CharmFacts): Iterable<Finding>;
}

/** Looks at a coordinator and a worker that belong together. */
export interface ClusterRule extends Description {
  readonly scope: "cluster";
  readonly needs: readonly CharmFact[];
  findings(coordinator: CharmFacts, worker: CharmFacts): Iterable<Finding>;
}

/** One deployment that a topology file describes, with the charms of the workspace that it names. */
export interface DeploymentFacts {
  readonly topology: Topology;
  /** The charm in the workspace by that charm name; null for one that is not there. */
  readonly charmNamed: (name: string | null) => CharmFacts | null;
  /** Whether an application is on the mesh, by `<model>/<application>`. */
  readonly onMesh: ReadonlyMap<string, boolean>;
}

export type DeploymentFact = keyof DeploymentFacts;

export interface DeploymentRule extends Description {
  readonly scope: "deployment";
  readonly needs: readonly DeploymentFact[];
  findings(facts: DeploymentFacts): Iterable<Finding>;
}

/** Looks at the tool's own comments and settings, after all others have spoken. */
export interface DirectiveRule extends Description {
  readonly scope: "directives";
  findings(directives: Directives): Iterable<Finding>;
}

export type Rule = CharmRule | ClusterRule | DeploymentRule | DirectiveRule;

/** A rule about one charm. Its `findings` can name only the facts that it declares in `needs`. */
export function charmRule<const K extends CharmFact>(
  rule: Description & { readonly needs: readonly K[]; findings(facts: Pick<CharmFacts, K>): Iterable<Finding> },
): CharmRule {
  return { ...rule, scope: "charm" };
}

/** A rule about a coordinator and a worker of one cluster; it gets the declared facts of both. */
export function clusterRule<const K extends CharmFact>(
  rule: Description & {
    readonly needs: readonly K[];
    findings(coordinator: Pick<CharmFacts, K>, worker: Pick<CharmFacts, K>): Iterable<Finding>;
  },
): ClusterRule {
  return { ...rule, scope: "cluster" };
}

/** A rule about one deployment. */
export function deploymentRule<const K extends DeploymentFact>(
  rule: Description & { readonly needs: readonly K[]; findings(facts: Pick<DeploymentFacts, K>): Iterable<Finding> },
): DeploymentRule {
  return { ...rule, scope: "deployment" };
}

/** A rule about suppression comments and settings. */
export function directiveRule(
  rule: Description & { findings(directives: Directives): Iterable<Finding> },
): DirectiveRule {
  return { ...rule, scope: "directives" };
}

/** Hands on only the named facts, as the law says: a rule receives what it declares. Getters stay lazy. */
export function only<T extends object>(facts: T, needs: readonly (keyof T)[]): T {
  const handed = {} as T;
  for (const need of needs) Object.defineProperty(handed, need, { enumerable: true, get: () => facts[need] });
  return handed;
}
