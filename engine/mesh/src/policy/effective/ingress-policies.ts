import { type CharmModel, INGRESS_KNOWLEDGE, interfaceKnowledge } from "#charm";
import {
  type Condition,
  citedReason,
  type Fact,
  known,
  knownValue,
  oneOf,
  optionsOf,
  type Reason,
  unknown,
} from "#python";
import type { Application } from "../../topology/topology.ts";
import type { EffectivePolicy } from "../effective-policy.ts";
import { APPLICATION_LABEL, principalOf } from "../library/authorization-policy.ts";
import type { AuthorizationPolicy, AuthorizationPolicySpec } from "../mesh-policy.ts";
import { managerLabels } from "./beacon-maker.ts";
import type { OwnRelation } from "./deployed.ts";

/** What an ingress's policies depend on beside its relations. */
export interface IngressInput {
  readonly ingress: Application;
  readonly relations: readonly OwnRelation[];
  /** The charm of a related application; null where it was not read. */
  readonly charmOf: (model: string, application: string) => CharmModel | null;
}

/**
 * The policies that istio-ingress-k8s applies itself: an ALLOW for its gateway on the pods of each backend, one for traffic from
 * outside, and, as far as relations tell, an external authorizer's and the one that refuses requests without a token. What comes out
 * of databags (routes of istio-ingress-route, the authorizer's name) is uncertain.
 */
export function ingressPolicies(input: IngressInput): readonly EffectivePolicy[] {
  const backends = backendsOf(input);
  return [...[...backends.values()].map((backend) => backendPolicy(input, backend)), ...gatewayPolicies(input)];
}

/** The service account of an ingress's gateway. */
export function gatewayAccount(ingress: string): string {
  return `${ingress}${INGRESS_KNOWLEDGE.gatewaySuffix}`;
}

interface Backend {
  readonly application: string;
  readonly model: string;
  readonly relation: OwnRelation;
  readonly ports: Fact<readonly number[]>;
}

function backendsOf({ relations, charmOf }: IngressInput): ReadonlyMap<string, Backend> {
  const found = new Map<string, Backend>();
  for (const own of relations) {
    const name = own.relation.interface;
    if (own.side !== "provider" || name === null || interfaceKnowledge(name)?.handledBy !== "ingress") continue;
    const { application, model } = own.remote;
    const charm = charmOf(model, application);
    const ports = name === "ingress" ? ingressedPortsOf(charm, own.relation.requirer.endpoint) : ROUTES;
    const key = `${model}/${application}`;
    const before = found.get(key);
    found.set(key, {
      application,
      model,
      relation: before?.relation ?? own,
      ports: before ? together(before.ports, ports) : ports,
    });
  }
  return found;
}

const ROUTES = unknown("only its databag contains the routes of istio-ingress-route");

/** The port that the charm asks an ingress for; where that can't be read, one of those that its Service has. */
function ingressedPortsOf(charm: CharmModel | null, endpoint: string | null): Fact<readonly number[]> {
  if (charm === null) return unknown("the charm that asks for the ingress was not read");
  const asked = charm.ingressedPorts.filter((one) => endpoint === null || one.relation === endpoint);
  const options = asked.map((one) => optionsOf(one.port));
  if (asked.length > 0 && options.every((one) => one !== null)) {
    const ports = [...new Set(options.flatMap((one) => one ?? []))];
    const because = asked.flatMap((one) => one.port.because);
    return onePortOf(ports, because);
  }
  const opened = optionsOf(charm.openedPorts);
  const [only] = opened ?? [];
  if (opened?.length !== 1 || !only?.length) return unknown("the port that is published to the ingress can't be read");
  return onePortOf(only, charm.openedPorts.because);
}

/** One of these ports. */
function onePortOf(ports: readonly number[], because: readonly Reason[]): Fact<readonly number[]> {
  const options = ports.map((port) => [port]);
  return ports.length === 1 ? known(ports, because) : oneOf(options, because);
}

function together(a: Fact<readonly number[]>, b: Fact<readonly number[]>): Fact<readonly number[]> {
  const [x, y] = [knownValue(a), knownValue(b)];
  if (x && y) return known([...new Set([...x, ...y])], [...a.because, ...b.because]);
  return unknown("the ports that are published to the ingress can't be read");
}

function backendPolicy({ ingress }: IngressInput, { application, model, relation, ports }: Backend): EffectivePolicy {
  const { l4Scope, citation } = INGRESS_KNOWLEDGE;
  const best = (optionsOf(ports) ?? []).flat().sort((a, b) => a - b);
  const endpoint = { hosts: null, ports: best, methods: null, paths: null };
  const policy = meshPolicyOf(ingress.model, gatewayAccount(ingress.name), model, application, [endpoint]);
  const principals = [principalOf(ingress.model, gatewayAccount(ingress.name))];
  const spec: AuthorizationPolicySpec = {
    selector: { matchLabels: { [APPLICATION_LABEL]: application } },
    action: "ALLOW",
    rules: [{ from: [{ source: { principals } }], to: [{ operation: { ports: best.map(String) } }] }],
  };
  const text = `The ingress ${ingress.name} lets its gateway reach the pods of ${application}.`;
  return made({
    name: `${application}-${ingress.name}-${model}-l4`,
    namespace: model,
    labels: managerLabels(ingress, l4Scope),
    spec,
    policy,
    uncertain: ports.kind === "known" ? null : [ports],
    relation: relation.relation.id,
    because: [...ports.because, ...relation.relation.because, citedReason(text, citation)],
  });
}

function gatewayPolicies(input: IngressInput): readonly EffectivePolicy[] {
  const { ingress, relations } = input;
  const { external, authorizer, tokens, citation } = INGRESS_KNOWLEDGE;
  const targetRefs = [{ kind: "Gateway", group: "gateway.networking.k8s.io", name: ingress.name }];
  const related = (endpoint: string) => relations.filter((own) => own.endpoint === endpoint);
  const one = (
    name: string,
    scope: string,
    spec: AuthorizationPolicySpec,
    text: string,
    more: readonly Reason[] = [],
    condition: Condition | null = null,
  ) =>
    made({
      name,
      namespace: ingress.model,
      labels: managerLabels(ingress, scope),
      spec: { ...spec, targetRefs },
      policy: meshPolicyOf("*", "*", ingress.model, ingress.name, []),
      uncertain: null,
      relation: null,
      because: [...more, citedReason(text, citation)],
      condition,
    });
  // The default of the option `external-traffic-policy-cidrs`, which no topology contains.
  const from = [{ source: { ipBlocks: external.blocks } }];
  const policies = [
    one(
      `${ingress.name}-${ingress.model}-external-traffic`,
      external.scope,
      { action: "ALLOW", rules: [{ from }] },
      `The gateway of ${ingress.name} takes traffic from these addresses.`,
    ),
  ];
  const jwt = related(tokens.relation);
  const login = related(authorizer.relation);
  if (login.length > 0 && related(authorizer.config).length > 0) {
    const bearer = jwt.length > 0 ? { when: [{ key: BEARER, notValues: ["Bearer *"] }] } : {};
    policies.push(
      one(
        `ext-authz-${ingress.name}`,
        authorizer.scope,
        { action: "CUSTOM", provider: { name: UNKNOWN_PROVIDER }, rules: [bearer] },
        `An external authorizer decides about requests to the gateway of ${ingress.name}; its name and the paths that it leaves out stand in databags.`,
        login.flatMap((own) => own.relation.because),
        [{ kind: "outside", fact: "the authorizer has published its address" }],
      ),
    );
  }
  if (jwt.length > 0) {
    const bearer = login.length > 0 ? { when: [{ key: BEARER, values: ["Bearer *"] }] } : {};
    policies.push(
      one(
        `deny-without-jwt-${ingress.name}`,
        tokens.scope,
        { action: "DENY", rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }], ...bearer }] },
        `The gateway of ${ingress.name} refuses requests without a valid token.`,
        jwt.flatMap((own) => own.relation.because),
      ),
    );
  }
  return policies;
}

const BEARER = "request.headers[authorization]";
const UNKNOWN_PROVIDER = "unknown";

interface Parts {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: AuthorizationPolicySpec;
  readonly policy: ReturnType<typeof meshPolicyOf>;
  readonly uncertain: EffectivePolicy["uncertain"];
  readonly relation: string | null;
  readonly because: readonly Reason[];
  readonly condition?: Condition | null;
}

function made(parts: Parts): EffectivePolicy {
  const { name, namespace, labels, spec } = parts;
  const resource: AuthorizationPolicy = {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace, labels },
    spec,
  };
  return {
    id: name,
    origin: "ingress",
    meshPolicy: parts.policy,
    resource,
    uncertain: parts.uncertain,
    relation: parts.relation,
    because: parts.because,
    ...(parts.condition ? { condition: parts.condition } : {}),
  };
}

function meshPolicyOf(
  sourceNamespace: string,
  source: string,
  targetNamespace: string,
  target: string,
  endpoints: EffectivePolicy["meshPolicy"]["endpoints"],
): EffectivePolicy["meshPolicy"] {
  return {
    source_namespace: sourceNamespace,
    source_app_name: source,
    target_namespace: targetNamespace,
    target_app_name: target,
    target_selector_labels: null,
    target_service: null,
    target_type: "unit",
    endpoints,
  };
}
