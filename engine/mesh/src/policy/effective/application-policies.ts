import { type CharmModel, POLICY_CITATIONS } from "#charm";
import { citedReason, conditionText, type Reason, reasonAt } from "#python";
import type { EffectivePolicy, PolicyOrigin } from "../effective-policy.ts";
import { istioRefusal } from "../library/istio-validation.ts";
import { pythonRepr } from "../python/repr.ts";
import {
  type ApplicationContext,
  type Contribution,
  filledInFact,
  joinedContributions,
  NOTHING,
  type PolicyProblem,
  problem,
} from "./application-context.ts";
import { beaconMaker, droppedByBeacon } from "./beacon-maker.ts";
import { meshSupport } from "./coordinator-facts.ts";
import { clusterPolicies, coordinatorDefaults, partialMeshProblem } from "./coordinator-policies.ts";
import type { OwnRelation } from "./deployed.ts";
import { managerPolicies } from "./manager-policies.ts";
import { type ReadPolicy, readPolicies } from "./read-policy.ts";
import { relatedPolicies } from "./related-policies.ts";
import { servedTls } from "./served-tls.ts";

interface OriginatedPolicy {
  readonly origin: PolicyOrigin;
  readonly read: ReadPolicy;
}

/** All policies of one application that is not a beacon: its cluster's, its defaults, its own, those that it applies itself. */
export function applicationPolicies(context: ApplicationContext): Contribution {
  const { charm } = context;
  const call = charm.coordinator;
  const support = call === null ? "off" : meshSupport(charm, call);
  if (call !== null && support === "partial") return partialMeshProblem(context, call);
  const published: OriginatedPolicy[] = [];
  const parts: Contribution[] = [];
  if (call !== null && support === "on") {
    parts.push(clusterPolicies(context, call));
    for (const read of coordinatorDefaults(context, call)) published.push({ origin: "coordinator-default", read });
  }
  const consumes = support === "on" || charm.consumers.length > 0;
  const { read, problems } = consumes ? declaredPolicies(context) : { read: [], problems: [] };
  for (const one of read) published.push({ origin: "charm", read: one });
  parts.push({ ...NOTHING, problems }, publishedPolicies(context, published), managerPolicies(context));
  if (consumes && !charm.policiesComplete) parts.push(unreadPolicies(context));
  const tls = servedTls(context);
  if (tls !== null) parts.push({ ...NOTHING, tls: [tls] });
  const joined = joinedContributions(parts);
  const refused = joined.policies.flatMap(istioProblems);
  return refused.length === 0 ? joined : { ...joined, problems: [...joined.problems, ...refused] };
}

/** A resource that the library makes and Istio does not take. */
function istioProblems(policy: EffectivePolicy): readonly PolicyProblem[] {
  const refusal = policy.resource === null || policy.uncertain !== null ? null : istioRefusal(policy.resource.spec);
  if (refusal === null) return [];
  const reason = citedReason(`Istio refuses it: ${refusal}.`, POLICY_CITATIONS.istioValidation);
  return [
    { message: `Istio does not take ${policy.id}, so it is never applied.`, because: [...policy.because, reason] },
  ];
}

function declaredPolicies({ charm, application }: ApplicationContext): {
  readonly read: readonly ReadPolicy[];
  readonly problems: readonly PolicyProblem[];
} {
  const read: ReadPolicy[] = [];
  const problems: PolicyProblem[] = [];
  for (const declared of charm.policies) {
    if (declared.kind === "MeshPolicy" || declared.holder === "resource-manager") continue;
    if (declared.holder === null && charm.policiesComplete) {
      problems.push({ message: `A ${declared.kind} is made but handed to nothing.`, because: declared.because });
      continue;
    }
    const policies = readPolicies({ ...declared, service: filledInFact(declared.service, application) });
    if (policies.length === 0) {
      const message = `For which relation a ${declared.kind} is can't be read.`;
      problems.push({ message, because: [...declared.because, ...declared.relation.because] });
    }
    const guard = declared.holder === "consumer" ? consumerGuard(charm) : [];
    for (const policy of policies) read.push({ ...policy, because: [...policy.because, ...guard] });
  }
  return { read, problems };
}

/** A consumer behind a condition (mostly: on the leader) counts as made, and the reasons name the condition. */
function consumerGuard(charm: CharmModel): readonly Reason[] {
  return charm.consumers.flatMap(({ condition, call }) =>
    condition === null
      ? []
      : [reasonAt(call, `the consumer is made only if ${conditionText(condition)}, which is taken to hold`)],
  );
}

/** What goes over the service-mesh relation: nothing at all where one policy names an endpoint that the charm has not. */
function publishedPolicies(context: ApplicationContext, published: readonly OriginatedPolicy[]): Contribution {
  const { application, charm, beacon } = context;
  if (published.length === 0) return NOTHING;
  const missing = published.find(({ read }) => lacksEndpoint(charm, read.policy.relation));
  const failing = missing ? keyError(missing.read) : null;
  const dropped = failing ?? droppedByBeacon(context);
  const input = {
    application,
    relations: withPeers(context, published),
    maker: beacon === null ? null : beaconMaker(beacon.beacon),
    dropped,
  };
  const contribution: Contribution = { ...NOTHING, policies: relatedPolicies(input, published) };
  const refused = published.filter(({ read }) => read.refused !== null);
  const parts = [contribution, ...refused.map(({ read }) => refusedProblem(context, read))];
  if (missing && failing) {
    const message = `${application.name} fails when it works out its policies, so none is published.`;
    parts.push(problem(message, [...missing.read.because, failing]));
    // Without any beacon, the deployment has no mesh.
  } else if (beacon === null && context.beaconNear && contribution.policies.length > 0 && dropped) {
    parts.push(problem(dropped.text, [dropped]));
  }
  return joinedContributions(parts);
}

function lacksEndpoint(charm: CharmModel, endpoint: string): boolean {
  const { metadata } = charm;
  if (metadata.file === null || metadata.problems.length > 0) return false;
  return !metadata.relations.some((relation) => relation.endpoint === endpoint);
}

function keyError(read: ReadPolicy): Reason {
  const text = `KeyError: ${pythonRepr(read.policy.relation)} is no endpoint of the charm.`;
  return citedReason(text, POLICY_CITATIONS.build);
}

function refusedProblem(context: ApplicationContext, read: ReadPolicy): Contribution {
  const message = `${context.application.name} fails when it makes a policy: ${read.refused}.`;
  return problem(message, [...read.because, citedReason("pydantic refuses it.", POLICY_CITATIONS.validation)]);
}

function unreadPolicies(context: ApplicationContext): Contribution {
  const { application, charm } = context;
  const because = charm.policies.flatMap((policy) => policy.because.slice(0, 1));
  const entry = { model: application.model, application: application.name, what: "policies", because } as const;
  return { ...NOTHING, unread: [entry] };
}

/** Juju makes peer relations by itself, and not every source lists them. */
function withPeers(context: ApplicationContext, published: readonly OriginatedPolicy[]): readonly OwnRelation[] {
  const { application, charm, relations } = context;
  const listed = new Set(relations.map((own) => own.endpoint));
  const asked = new Set(published.map(({ read }) => read.policy.relation));
  const absent = charm.metadata.relations.filter(
    (relation) => relation.side === "peers" && asked.has(relation.endpoint) && !listed.has(relation.endpoint),
  );
  if (absent.length === 0) return relations;
  const end = (endpoint: string) => ({ model: application.model, application: application.name, endpoint });
  return [
    ...relations,
    ...absent.map(({ endpoint, interface: name }): OwnRelation => {
      const id = `peer:${application.model}/${application.name}:${endpoint}`;
      const relation = {
        id,
        interface: name,
        provider: end(endpoint),
        requirer: end(endpoint),
        peer: true,
        crossModel: null,
        because: [],
      };
      const remote = { application: application.name, model: application.model };
      return { relation, side: "provider", endpoint, localName: application.name, remote };
    }),
  ];
}
