import { knownValue } from "#python";
import { type Location, span } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix, replacementFix } from "../edits/fix.ts";
import { runsWith } from "../facts/package-versions.ts";
import { closestName } from "../fixes/closest-name.ts";
import { charmRule } from "./rule.ts";

const FIELDS: readonly string[] = ["http_port", "https_port"];

/** WorkerTelemetryProxyConfig is a dataclass with two required fields: any other set of arguments is a TypeError. */
export const invalidTelemetryProxy = charmRule({
  name: "invalid-telemetry-proxy",
  summary: "`WorkerTelemetryProxyConfig` gets an unknown argument, or lacks a port.",
  severities: ["error"],
  *findings({ telemetryProxyCalls, coordinator, dependencies }) {
    // A git revision may have other fields: the feature branch called them `http` and `https` (cos-coordinated-workers e34dbc2).
    if (!runsWith(dependencies, "coordinated-workers", ">=2.1.0")) return;
    for (const { call, callee, unknown, missing, surplus } of telemetryProxyCalls) {
      const free = new Set(missing);
      for (const { name, keyword } of unknown) {
        const meant = fieldMeant(name, [...free]);
        if (meant) free.delete(meant);
        yield {
          message: `This charm fails with a TypeError: WorkerTelemetryProxyConfig has no argument \`${name}\`${meant ? `; use \`${meant}\`` : ""}.`,
          location: keyword,
          fixes: meant ? [replacementFix(`Rename it to ${meant}`, keyword, meant)] : [],
        };
      }
      for (const location of surplus)
        yield {
          message:
            "This charm fails with a TypeError: WorkerTelemetryProxyConfig takes two ports, and this is one more.",
          location,
        };
      if (free.size === 0) continue;
      const proxy = coordinator ? knownValue(coordinator.telemetryProxy) : null;
      const own = proxy && proxy.location.span.start === call.span.start ? proxy : null;
      yield {
        message: `This charm fails with a TypeError: WorkerTelemetryProxyConfig needs ${[...free].map((each) => `\`${each}\``).join(" and ")}.`,
        location: callee,
        fixes: inserting([...free], call, own?.httpPortLocation ?? own?.httpsPortLocation ?? null),
      };
    }
  },
});

/** The likely field of a wrong keyword: `http` and `port_http` for `http_port`, and misspellings. */
function fieldMeant(name: string, free: readonly string[]): string | null {
  const scheme = /https/i.test(name) ? "https_port" : /http/i.test(name) ? "http_port" : null;
  if (scheme !== null) return free.includes(scheme) ? scheme : null;
  return closestName(name, free.length > 0 ? free : FIELDS);
}

/** The missing port as the one that is given: one port serves both, with TLS or without. */
function inserting(missing: readonly string[], call: Location, given: Location | null): Fix[] {
  const [field, another] = missing;
  if (!field || another || !given || given.file !== call.file) return [];
  const { text } = call.file;
  const at = given.span.end;
  return [
    fix(`Insert ${field}`, [
      editsOf(call.file, [{ span: span(at, at), newText: `, ${field}=${text.slice(given.span.start, at)}` }]),
    ]),
  ];
}
