import { optionsOf } from "#python";
import { fix } from "../edits/fix.ts";
import { argumentsNamed, elementsOf } from "../facts/policy-arguments.ts";
import { openedPortEdits, portExpression } from "../fixes/opened-port-edits.ts";
import { charmRule } from "./rule.ts";

/** An AppPolicy is enforced where traffic comes to the Service, which only has the ports that the charm opens. */
export const closedServicePort = charmRule({
  name: "closed-service-port",
  summary: "An AppPolicy allows a port that the charm never opens on its Service.",
  severities: ["warning"],
  *findings(facts) {
    const { policies, imports, damaged, python } = facts;
    if (policies.length === 0) return;
    const opened = optionsOf(facts.openedPorts);
    const { openedPortPlaces } = facts;
    if (!opened || damaged || imports.some(isServiceResource)) return;
    const open = new Set(opened.flat());
    for (const { policy, endpoint, argument } of argumentsNamed(policies, "ports")) {
      if (!endpoint || policy.kind === "MeshPolicy" || policy.kind === "UnitPolicy") continue;
      // The policy of another Service does not apply to this one's ports.
      if (policy.service.kind !== "known" || policy.service.value !== null) continue;
      for (const { data, location } of elementsOf(argument)) {
        const port = data.kind === "known" && Number.isInteger(data.value) ? (data.value as number) : null;
        if (port === null || open.has(port) || port < 1 || port > 65535) continue;
        const edits = openedPortEdits({ openedPortPlaces }, python, (place) => portExpression(port, location, place));
        yield {
          message: `Traffic to port ${port} never arrives: an AppPolicy allows traffic to the Service, and this charm does not open the port there.`,
          location,
          related: openedPortPlaces.map((each) => ({ location: each, message: "Ports are opened here." })),
          fixes: edits.length > 0 ? [fix(`Open port ${port}`, edits)] : [],
        };
      }
    }
  },
});

/** A charm that writes Services itself opens ports in ways that are not read. */
function isServiceResource({ module, name }: { readonly module: string; readonly name: string | null }): boolean {
  return module.startsWith("lightkube.") && (name === "Service" || name === "ServiceSpec");
}
