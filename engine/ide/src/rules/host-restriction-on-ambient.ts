import { knownValue } from "#python";
import { charmRule } from "./rule.ts";

/** Istio matches `hosts` with the request's Host header, which only the waypoint sees. */
export const hostRestrictionOnAmbient = charmRule({
  name: "host-restriction-on-ambient",
  summary: "`hosts` is compared with the Host header, and only at the waypoint.",
  severities: ["information"],
  *findings({ policies }) {
    for (const policy of policies) {
      if (policy.kind === "MeshPolicy" || policy.endpoints.kind !== "known") continue;
      for (const endpoint of policy.endpoints.value) {
        const hosts = knownValue(endpoint.hosts);
        const place = endpoint.arguments.get("hosts");
        if (!place || !hosts || hosts.length === 0) continue;
        yield {
          message:
            "Requests with another Host header will be denied. `hosts` is compared with that header as a client sends it, which names the port unless it is 80 or 443 (`shop:8080`), and only at the waypoint; it says nothing about where a request comes from.",
          location: place,
        };
      }
    }
  },
});
