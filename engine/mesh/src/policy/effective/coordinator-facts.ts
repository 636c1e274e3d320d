import {
  type CharmModel,
  type CoordinatorCall,
  type EndpointMap,
  FIRST_MESH_VERSION,
  MESH_ENDPOINT_KEYS,
  POLICY_CITATIONS,
} from "#charm";
import { citedReason, type Fact, known, knownValue, oneOf, type Reason, reasonAt, unknown } from "#python";
import type { ApplicationContext } from "./application-context.ts";

/** What a coordinator's `endpoints` says about one key; an absent key of a whole map is known to be absent. */
export function endpointName(map: EndpointMap, key: string): Fact<string | null> {
  const entries = map.entries.filter((entry) => entry.key === key);
  const last = entries.at(-1);
  if (!last) return map.complete ? known(null) : unknown(`\`${key}\` may be among what could not be read`);
  if (last.condition !== null) return unknown(`\`${key}\` is in the map only if ${last.condition}`);
  const place = reasonAt(last.valueLocation, `endpoint \`${key}\` of the coordinator`);
  return { ...last.value, because: [place, ...last.value.because] };
}

export type MeshSupport = "on" | "off" | "partial";

/**
 * Whether the coordinator gets a ServiceMeshConsumer: all three endpoints given, none, or only some (its ValueError). What
 * can't be read counts as given, so that nothing is called missing that may be there.
 */
export function meshSupport(charm: CharmModel, call: CoordinatorCall): MeshSupport {
  if (call.earlier || beforeMesh(charm)) return "off";
  const given = MESH_ENDPOINT_KEYS.map((key) => isGiven(endpointName(call.endpoints, key)));
  if (given.every((one) => one === false)) return "off";
  return given.some((one) => one === false) && given.some((one) => one === true) ? "partial" : "on";
}

function isGiven(name: Fact<string | null>): boolean | null {
  if (name.kind === "known") return name.value !== null && name.value !== "";
  if (name.kind === "oneOf" && name.options.every((option) => option)) return true;
  return null;
}

/** A locked coordinated-workers from before it knew the mesh. */
function beforeMesh(charm: CharmModel): boolean {
  const locked = charm.dependencies.packages.get("coordinated-workers")?.lockedPackages ?? [];
  const [firstMajor, firstMinor] = FIRST_MESH_VERSION.value;
  return (
    locked.length > 0 &&
    locked.every(({ version, source }) => {
      const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
      if (source === "elsewhere" || major === undefined || minor === undefined) return false;
      return Number(major) < firstMajor || (Number(major) === firstMajor && Number(minor) < firstMinor);
    })
  );
}

export interface ProxyPort {
  /** null: telemetry is not proxied. */
  readonly port: Fact<number | null>;
  /** The best reading of it. */
  readonly best: number | null;
  readonly because: readonly Reason[];
}

/** The port on which the coordinator proxies its workers' telemetry: by TLS, else the HTTP one. */
export function proxyPort(context: ApplicationContext, call: CoordinatorCall): ProxyPort {
  const proxy = call.telemetryProxy;
  if (proxy.kind !== "known") {
    const why = proxy.kind === "unknown" ? proxy.why : "the telemetry proxy can't be read";
    return { port: unknown(why, proxy.because), best: 0, because: proxy.because };
  }
  if (proxy.value === null) return { port: known(null), best: null, because: [] };
  const { httpPort, httpsPort, location } = proxy.value;
  const place = reasonAt(location, "the coordinator proxies the telemetry of its workers");
  const http = knownValue(httpPort);
  if (http !== undefined && http === knownValue(httpsPort)) {
    return { port: known(http), best: http, because: [place, ...httpPort.because] };
  }
  const { tls, because } = tlsState(context, call);
  const chosen = tls ? httpsPort : httpPort;
  const reasons = [place, ...chosen.because, ...because];
  const best = chosen.kind === "known" ? chosen.value : 0;
  if (tls !== null) return { port: chosen, best, because: reasons };
  const https = knownValue(httpsPort);
  const port =
    http === undefined || https === undefined
      ? unknown("the port depends on whether there is a certificate")
      : oneOf([http, https], because);
  return { port, best, because: reasons };
}

function tlsState(
  context: ApplicationContext,
  call: CoordinatorCall,
): { readonly tls: boolean | null; readonly because: readonly Reason[] } {
  if (context.tls !== null) {
    const text = context.tls ? "It has a certificate: its https_port." : "It has no certificate: its http_port.";
    return { tls: context.tls, because: [citedReason(text, POLICY_CITATIONS.proxyPort)] };
  }
  const certificates = knownValue(endpointName(call.endpoints, "certificates"));
  if (!context.inferred && certificates && !context.relations.some((own) => own.endpoint === certificates)) {
    const text = `Nothing is related over ${certificates}, so there is no certificate: its http_port.`;
    return { tls: false, because: [citedReason(text, POLICY_CITATIONS.proxyPort)] };
  }
  const text = "Whether it has a certificate is not known: its http_port is taken.";
  return { tls: null, because: [citedReason(text, POLICY_CITATIONS.proxyPort)] };
}
