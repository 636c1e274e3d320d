import { COORDINATOR_DEFAULTS, PROXY_PATHS } from "#charm";
import { knownValue, optionsOf } from "#python";
import { contains, type ExactGrant, exactGrant } from "../facts/policy-grant.ts";
import { removingPolicyFixes } from "../fixes/policy-edits.ts";
import { charmRule } from "./rule.ts";

/** `initialize` in coordinated_workers/service_mesh.py puts its own policies for the metrics relation before the charm's. */
export const policyOnManagedEndpoint = charmRule({
  name: "policy-on-managed-endpoint",
  summary: "A policy repeats what the coordinator allows over its metrics relation by itself.",
  severities: ["warning"],
  *findings({ coordinator, wiring, policies, python }) {
    const metrics = coordinator?.endpoints.entries.findLast((each) => each.key === "metrics");
    const relation = metrics && knownValue(metrics.value);
    if (!coordinator || wiring.coordinator !== "all" || !relation) return;
    const proxy = knownValue(coordinator.telemetryProxy);
    const defaults: ExactGrant[] = [grant("unit", relation, COORDINATOR_DEFAULTS.exporterPort.value)];
    const proxyPorts = new Set(
      proxy ? [optionsOf(proxy.httpPort), optionsOf(proxy.httpsPort)].flatMap((each) => each ?? []) : [],
    );
    const [proxyPort, another] = proxyPorts;
    if (proxyPort !== undefined && another === undefined)
      defaults.push(grant("app", relation, proxyPort, ["GET"], [PROXY_PATHS.value.metrics.replace("{unit}", "{*}")]));
    for (const policy of policies) {
      const given = policy.holder === "coordinator" ? exactGrant(policy) : null;
      const own =
        given && defaults.find((each) => contains(each, given) || (contains(given, each) && !addsPorts(given, each)));
      if (!own) continue;
      const wider = !contains(own, given);
      yield {
        message: `${wider ? "This policy opens more than is needed" : "This policy adds nothing"}: the coordinator allows traffic to ${own.kind === "unit" ? "its exporter's port" : "its telemetry proxy"} over “${relation}” by itself.`,
        location: policy.callee,
        related: metrics ? [{ location: metrics.valueLocation, message: "The metrics relation is named here." }] : [],
        tags: wider ? [] : ["unnecessary"],
        fixes: removingPolicyFixes(policy, python, true),
      };
    }
  },
});

function grant(
  kind: "unit" | "app",
  relation: string,
  port: number,
  methods: readonly string[] | null = null,
  paths: readonly string[] | null = null,
): ExactGrant {
  return { kind, relation, service: null, endpoints: [{ ports: [port], methods, paths, hosts: null }] };
}

/** A policy that names further ports grants something of its own. */
function addsPorts(given: ExactGrant, own: ExactGrant): boolean {
  const known = own.endpoints.flatMap((each) => each.ports ?? []);
  return given.endpoints.some((each) => each.ports?.some((port) => !known.includes(port)));
}
