import { knownValue } from "#python";
import { charmRule } from "./rule.ts";

/** The proxy works without a mesh too; it is then one hop more and nothing else. */
export const proxyWithoutMesh = charmRule({
  name: "proxy-without-mesh",
  summary: "The telemetry proxy is configured, and the coordinator does not join the mesh.",
  severities: ["information"],
  *findings({ coordinator, wiring }) {
    const proxy = coordinator && knownValue(coordinator.telemetryProxy);
    if (!proxy || wiring.coordinator !== "none") return;
    yield {
      message:
        "The telemetry proxy is not needed: this coordinator joins no mesh, because the three mesh keys of its endpoint map are not set.",
      location: coordinator.arguments.get("worker_telemetry_proxy_config") ?? proxy.location,
    };
  },
});
