import type { DeclaredPolicy } from "#charm";
import { type Application, NGINX_EXPORTER_PORT, publishedSchemes, type Topology } from "#mesh";
import { knownValue, optionsOf } from "#python";
import type { Location } from "#syntax";
import type { Finding } from "../diagnostic.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { charmRule } from "./rule.ts";

/**
 * A waypoint sees TLS of an application as plain TCP, and Istio leaves rules with HTTP attributes out for TCP (istio 86c9f01,
 * pilot/pkg/security/authz/builder/builder.go, `forTCP`). Such a rule never matches on the port, and the ALLOW policy denies the traffic.
 */
export const httpRuleOnTlsPort = charmRule({
  name: "http-rule-on-tls-port",
  summary: "A policy restricts methods, paths or hosts on a port on which the charm's own server speaks TLS.",
  severities: ["warning", "information"],
  *findings(facts) {
    // Which scheme a coordinator's nginx speaks is decided by the deployment.
    if (facts.coordinator !== null || facts.damaged) return;
    const { encrypted } = publishedSchemes(facts, null);
    for (const found of httpRules(facts.policies)) {
      const port = found.ports.find((each) => encrypted.includes(each));
      if (port === undefined) continue;
      const published = facts.published.filter((each) => optionsOf(each.port)?.includes(port));
      yield {
        message: `Requests to port ${port} will be denied: the charm's server speaks TLS there, so the waypoint sees no HTTP, and a rule with \`${found.name}\` never matches. Leave \`methods\`, \`paths\` and \`hosts\` out for this port.`,
        location: found.location,
        related: published.map((each) => ({
          location: each.location,
          message: "This address is published with https.",
        })),
      };
    }
  },
  *deployedFindings({ topology, charmNamed, onMesh }) {
    for (const application of topology.applications) {
      const charm = charmNamed(application.charm);
      if (!charm?.coordinator || charm.wiring.coordinator !== "all" || charm.damaged) continue;
      if (onMesh.get(`${application.model}/${application.name}`) !== true) continue;
      if (isRelated(topology, application, charm, "certificates"))
        yield* coordinatorFindings(topology, application, charm);
    }
  },
});

/** What a certificate means for a coordinator: its nginx then speaks TLS on each port but the exporter's. */
function* coordinatorFindings(topology: Topology, { name, model }: Application, charm: CharmFacts): Generator<Finding> {
  const { coordinator } = charm;
  if (!coordinator) return;
  for (const { name: field, ports, location } of httpRules(charm.policies)) {
    const port = ports.find((each) => each !== NGINX_EXPORTER_PORT);
    if (port === undefined) continue;
    yield {
      message: `Requests to port ${port} of “${name}” will be denied: it gets certificates in this deployment and speaks TLS, so the waypoint sees no HTTP, and a rule with \`${field}\` never matches. Leave \`methods\`, \`paths\` and \`hosts\` out for this port.`,
      location,
    };
  }
  const proxied = knownValue(coordinator.telemetryProxy);
  if (!proxied || !isRelated(topology, { name, model }, charm, "metrics")) return;
  yield {
    severity: "information",
    message: `The metrics of the workers of “${name}” can't be scraped in this deployment: it gets certificates and speaks TLS, so the package's own policy for \`/proxy/worker/{*}/metrics\` never matches. This is a limit of coordinated-workers, not a fault of the charm.`,
    location: coordinator.callee,
  };
}

/** Whether the deployment relates the endpoint that the coordinator's map has under this key. */
function isRelated(
  topology: Topology,
  { name, model }: Pick<Application, "name" | "model">,
  { coordinator }: CharmFacts,
  key: "certificates" | "metrics",
): boolean {
  const entry = coordinator?.endpoints.entries.findLast((each) => each.key === key);
  const endpoint = entry?.condition === null ? knownValue(entry.value) : undefined;
  if (!endpoint) return false;
  return topology.relations.some(({ provider, requirer }) =>
    [provider, requirer].some((end) => end.application === name && end.model === model && end.endpoint === endpoint),
  );
}

interface HttpRule {
  readonly ports: readonly number[];
  /** The argument that only HTTP has. */
  readonly name: string;
  readonly location: Location;
}

/** The endpoints of the charm's own policies that restrict HTTP on known ports of the application's own Service. */
function httpRules(policies: readonly DeclaredPolicy[]): readonly HttpRule[] {
  return policies.flatMap((policy) => {
    const isOwn = policy.kind === "Policy" || knownValue(policy.service) === null;
    if (policy.kind === "MeshPolicy" || !isOwn || policy.endpoints.kind !== "known") return [];
    return policy.endpoints.value.flatMap((endpoint): HttpRule[] => {
      const ports = knownValue(endpoint.ports);
      const name = (["methods", "paths", "hosts"] as const).find(
        (each) => (knownValue(endpoint[each])?.length ?? 0) > 0,
      );
      const location = name && endpoint.arguments.get(name);
      return ports && name && location ? [{ ports, name, location }] : [];
    });
  });
}
