import {
  type CharmModel,
  type CoordinatorCall,
  FIRST_MESH_VERSION,
  MESH_ENDPOINT_KEYS,
  POLICY_CITATIONS,
} from "#charm";
import { citedReason, type Fact, known, knownValue, oneOf, type Reason, reasonAt, unknown } from "#python";
import type { ApplicationContext } from "./application-context.ts";
import { coordinatorCertificate } from "./certificates.ts";
import { endpointName } from "./coordinator-endpoints.ts";

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
  const { tls, because } = coordinatorCertificate(context, call);
  const chosen = tls ? httpsPort : httpPort;
  const text = tls === null ? "its http_port is taken" : tls ? "so its https_port" : "so its http_port";
  const reasons = [
    place,
    ...chosen.because,
    ...because,
    citedReason(`The proxy's port follows from that: ${text}.`, POLICY_CITATIONS.proxyPort),
  ];
  const best = chosen.kind === "known" ? chosen.value : 0;
  if (tls !== null) return { port: chosen, best, because: reasons };
  const https = knownValue(httpsPort);
  const port =
    http === undefined || https === undefined
      ? unknown("the port depends on whether there is a certificate")
      : oneOf([http, https], because);
  return { port, best, because: reasons };
}
