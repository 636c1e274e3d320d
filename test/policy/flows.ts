import type { CharmModel } from "#charm";
import {
  authorize,
  DEFAULT_MESH_MODE,
  effectivePolicies,
  type Flow,
  type MeshMode,
  type Topology,
  withSwitches,
} from "#mesh";
import { modelOf } from "../support/charm-reading.ts";
import { deployment } from "./deployment.ts";

/* Charms of a few lines each, and deployments of them, in which flows are asked for whose answer Istio's own sources give. */

/** A charm on the mesh with these policies, which provides `api` and `metrics` and can be ingressed. */
export function charm(
  name: string,
  policies: string,
  more: { readonly metadata?: string; readonly body?: string; readonly imports?: string; readonly files?: string } = {},
): CharmModel {
  return modelOf(`
//- charmcraft.yaml
name: ${name}
provides:
  api: { interface: shop_api }
  metrics: { interface: prometheus_scrape }
  provide-cmr-mesh: { interface: cross_model_mesh }
requires:
  shop: { interface: shop_api }
  scrape: { interface: prometheus_scrape }
  ingress: { interface: ingress }
  service-mesh: { interface: service_mesh, limit: 1 }
  require-cmr-mesh: { interface: cross_model_mesh }
${more.metadata ?? ""}
//- src/charm.py
import ops
${more.imports ?? ""}
from charmlibs.interfaces.service_mesh import AppPolicy, Endpoint, Method, ServiceMeshConsumer, UnitPolicy

class TheCharm(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self.unit.set_ports(8080, 9090)
        self._mesh = ServiceMeshConsumer(self, policies=[${policies}])
${more.body ?? ""}
${more.files ?? ""}
`);
}

/** Restricted by method and path at its Service, by port at its pods. */
export const shop = charm(
  "shop",
  `
            AppPolicy(
                relation="api",
                endpoints=[
                    Endpoint(
                        ports=[8080],
                        methods=[Method.get],
                        paths=["/basket/{*}/items", "/static*", "*.json", "/health", "/docs/{**}"],
                    )
                ],
            ),
            UnitPolicy(relation="metrics", ports=[9090]),
        `,
);
/** Without any policy. */
export const quiet = charm("quiet", "");
/** Restricted by host name. */
export const hosted = charm(
  "hosted",
  'AppPolicy(relation="api", endpoints=[Endpoint(ports=[8080], hosts=["hosted.m.svc.cluster.local"])])',
);
/** With a policy for another Service than its own. */
export const aside = charm(
  "aside",
  'AppPolicy(relation="api", endpoints=[Endpoint(ports=[8080])], service="aside-extra")',
);
/** With a policy for its pods only. */
export const podded = charm("podded", 'UnitPolicy(relation="api")');

export const CHARMS = [shop, quiet, hosted, aside, podded];

const on = (names: readonly string[], beacon = "beacon") =>
  names.map((name) => `      - [${name}:service-mesh, ${beacon}:service-mesh]`).join("\n");

/** One model: a buyer and a scraper on the mesh, and `off`, which is not. */
export const ONE = `
models:
  m:
    applications:
      shop: { charm: shop }
      quiet: { charm: quiet }
      hosted: { charm: hosted }
      aside: { charm: aside }
      podded: { charm: podded }
      buyer: { charm: quiet }
      scraper: { charm: quiet }
      off: { charm: quiet }
      beacon: { charm: istio-beacon-k8s }
    relations:
      - [shop:api, buyer:shop]
      - [hosted:api, buyer:shop]
      - [aside:api, buyer:shop]
      - [podded:api, buyer:shop]
      - [quiet:api, off:shop]
      - [shop:metrics, scraper:scrape]
${on(["shop", "quiet", "hosted", "aside", "podded", "buyer", "scraper"])}
`;

/** A charm `raw` that applies policies of its own, and two that call it. */
export const OWN_POLICIES = `
models:
  m:
    applications:
      raw: { charm: raw }
      buyer: { charm: quiet }
      other: { charm: quiet }
      beacon: { charm: istio-beacon-k8s }
    relations:
${on(["raw", "buyer", "other"])}
`;

/** With the charmed Istio and its ingress in front of two applications. */
export const INGRESSED = `
models:
  m:
    applications:
      quiet: { charm: quiet }
      hosted: { charm: hosted }
      buyer: { charm: quiet }
      gate: { charm: istio-ingress-k8s }
      istio: { charm: istio-k8s }
      beacon: { charm: istio-beacon-k8s }
      watcher: { charm: prometheus-k8s }
    relations:
      - [quiet:ingress, gate:ingress]
      - [hosted:ingress, gate:ingress]
      - [hosted:api, buyer:shop]
${on(["quiet", "hosted", "buyer"])}
`;

/** Two models with a beacon each; of two relations between them one has mesh data. */
export const ACROSS = `
models:
  m:
    applications:
      shop: { charm: shop }
      beacon: { charm: istio-beacon-k8s }
    relations:
${on(["shop"])}
  n:
    applications:
      buyer: { charm: quiet }
      scraper: { charm: quiet }
      lone: { charm: quiet }
      beacon: { charm: istio-beacon-k8s }
    relations:
${on(["buyer", "scraper"])}
cross-model:
  - { provider: m.shop:api, consumer: n.buyer:shop, as: far-buyer, mesh-data: true }
  - { provider: m.shop:metrics, consumer: n.scraper:scrape, as: far-scraper, mesh-data: false }
`;

/** Two models whose beacons are configured differently. */
export const TWO_BEACONS = `
models:
  a:
    applications:
      shop: { charm: shop }
      buyer: { charm: quiet }
      beacon: { charm: istio-beacon-k8s }
    relations:
      - [shop:api, buyer:shop]
${on(["shop", "buyer"])}
  b:
    mesh: { managed: false, model-on-mesh: true }
    applications:
      quiet: { charm: quiet }
      beacon: { charm: istio-beacon-k8s }
    relations: []
`;

export interface Ask {
  /** `application` or `application@model`; the model is `m` where it is left out. */
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly via?: "service" | "unit";
  readonly service?: string;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly http?: boolean;
  readonly mesh?: Partial<Pick<MeshMode, "hardened" | "managed" | "modelOnMesh" | "autoAllowWaypoint">>;
  readonly tls?: boolean;
}

/** The engine's verdict on a flow in a deployment, which is a text or already read. */
export function verdictIn(where: string | Topology, ask: Ask, charms: readonly CharmModel[] = CHARMS) {
  const topology = typeof where === "string" ? deployment(where, charms) : where;
  const mode = withSwitches(topology.mode ?? DEFAULT_MESH_MODE, ask.mesh ?? {});
  const effective = effectivePolicies(charms, topology, { mode, ...(ask.tls === undefined ? {} : { tls: ask.tls }) });
  return authorize(flowOf(ask), effective, topology, mode);
}

function flowOf({ from, to, port = 8080, via = "service", service, method, path, host, http }: Ask): Flow {
  const end = (text: string) => {
    const [application = "", model = "m"] = text.split("@");
    return { application, model };
  };
  return {
    source: { ...end(from), onMesh: null },
    target: { ...end(to), via, service: service ?? null },
    port,
    method: method ?? null,
    path: path ?? null,
    host: host ?? null,
    ...(http === undefined ? {} : { http }),
  };
}
