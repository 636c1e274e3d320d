import { type Fact, optionsOf } from "#python";
import type { Location } from "#syntax";
import { fix } from "../edits/fix.ts";
import { openedPortEdits, portExpression } from "../fixes/opened-port-edits.ts";
import { charmRule } from "./rule.ts";

/** The guide's step 5: workers reach the proxy through the coordinator's Service, which has only opened ports. */
export const closedProxyPort = charmRule({
  name: "closed-proxy-port",
  summary: "The telemetry proxy's http or https port is never opened.",
  severities: ["error"],
  *findings(facts) {
    const { coordinator, damaged, imports, python } = facts;
    const proxy = coordinator?.telemetryProxy.kind === "known" ? coordinator.telemetryProxy.value : null;
    if (!proxy || damaged) return;
    const opened = optionsOf(facts.openedPorts);
    const { openedPortPlaces } = facts;
    if (!opened) return;
    if (imports.some((each) => each.module.startsWith("lightkube.") && each.name === "Service")) return;
    const open = new Set(opened.flat());
    const seen = new Set<number>();
    const given: readonly [string, Fact<number>, Location | null][] = [
      ["http", proxy.httpPort, proxy.httpPortLocation],
      ["https", proxy.httpsPort, proxy.httpsPortLocation],
    ];
    for (const [name, fact, location] of given) {
      const ports = optionsOf(fact);
      const [port] = ports ?? [];
      if (!ports || port === undefined || ports.some((each) => open.has(each) || seen.has(each))) continue;
      for (const each of ports) seen.add(each);
      const edits =
        ports.length === 1
          ? openedPortEdits({ openedPortPlaces }, python, (place) => portExpression(port, location, place))
          : [];
      yield {
        message: `Workers can't send telemetry: the proxy's ${name} port ${ports.join(" or ")} is never opened on the coordinator's Service.`,
        location: location ?? proxy.location,
        related: openedPortPlaces.map((each) => ({ location: each, message: "Ports are opened here." })),
        fixes: edits.length > 0 ? [fix(`Open port ${port}`, edits)] : [],
      };
    }
  },
});
