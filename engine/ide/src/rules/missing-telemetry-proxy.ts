import { COORDINATOR_DEFAULTS } from "#charm";
import { knownValue, optionsOf } from "#python";
import type { FileEdit } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { fix } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { runsWith } from "../facts/package-versions.ts";
import { telemetryProxyEdits } from "../fixes/telemetry-proxy-edits.ts";
import { charmRule } from "./rule.ts";

/** The guide: "Worker telemetry proxying is mandatory when using service mesh with coordinated-workers." */
export const missingTelemetryProxy = charmRule({
  name: "missing-telemetry-proxy",
  summary: "A coordinator joins the mesh without `worker_telemetry_proxy_config`, so the workers' telemetry is denied.",
  severities: ["error"],
  *findings(facts) {
    const { coordinator, wiring, dependencies } = facts;
    if (!coordinator || wiring.coordinator !== "all" || !runsWith(dependencies, "coordinated-workers", ">=2.1.0"))
      return;
    if (knownValue(coordinator.telemetryProxy) !== null || coordinator.argumentsOpen) return;
    const wired = wiring.endpoints.find((each) => each.consumer === null);
    yield {
      message:
        "The workers' telemetry will be denied on the mesh: it has to go through the coordinator's proxy, and `worker_telemetry_proxy_config` is not given.",
      location: coordinator.arguments.get("worker_telemetry_proxy_config") ?? coordinator.callee,
      related: wired ? [{ location: wired.location, message: "The coordinator joins the mesh here." }] : [],
      fixes: proxyFixes(facts),
    };
  },
});

type Facts = Pick<CharmFacts, "coordinator" | "openedPorts" | "openedPortPlaces" | "policies" | "python">;

function proxyFixes(facts: Facts): Fix[] {
  const edits: FileEdit[] | null = telemetryProxyEdits(freePort(facts), facts);
  return edits ? [fix("Proxy worker telemetry through the coordinator", edits)] : [];
}

/** The first port from 3300 on that nothing readable uses. */
export function freePort({
  coordinator,
  openedPorts,
  policies,
}: Pick<Facts, "coordinator" | "openedPorts" | "policies">): number {
  const used = new Set<number>([COORDINATOR_DEFAULTS.exporterPort.value, ...(optionsOf(openedPorts) ?? []).flat()]);
  if (openedPorts.kind === "subsetOf") for (const port of openedPorts.possible) used.add(port);
  const metrics = coordinator && knownValue(coordinator.workerMetricsPort);
  if (metrics) used.add(metrics);
  for (const policy of policies) {
    for (const port of knownValue(policy.ports) ?? []) used.add(port);
    for (const endpoint of knownValue(policy.endpoints) ?? [])
      for (const port of knownValue(endpoint.ports) ?? []) used.add(port);
  }
  let port = 3300;
  while (used.has(port)) port++;
  return port;
}
