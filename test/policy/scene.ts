import { authorize, DEFAULT_MESH_MODE, type EffectivePolicies, type Flow, type MeshMode, type Topology } from "#mesh";
import { modelOf } from "../support/charm-reading.ts";
import { miniConsumer, miniCoordinator, miniWorker } from "../support/minicharms.ts";
import { deployment, effective } from "./deployment.ts";

/* One deployment to ask about: a cluster, its scraper and client, a stranger, and a site without policies for anybody. */

export const charms = [modelOf(miniCoordinator()), modelOf(miniWorker()), modelOf(miniConsumer())];

export const YAML = `
models:
  cos:
    applications:
      mini: { charm: mini-coordinator-k8s }
      worker: { charm: mini-worker-k8s }
      scraper: { charm: prometheus-k8s, on-mesh: true }
      client: { charm: client-k8s, on-mesh: true }
      stranger: { charm: stranger-k8s }
      site: { charm: mini-k8s }
      beacon: { charm: istio-beacon-k8s }
    relations:
      - [mini:mini-cluster, worker:mini-cluster]
      - [mini:metrics-endpoint, scraper:metrics-endpoint]
      - [mini:mini-api, client:mini-api]
      - [mini:service-mesh, beacon:service-mesh]
`;
export const topology = deployment(YAML, charms);
export const set = effective(YAML, charms);

export interface Asked {
  readonly from?: string;
  readonly to?: string;
  readonly via?: "service" | "unit";
  readonly port?: number;
  readonly method?: string | null;
  readonly path?: string | null;
  readonly http?: boolean;
}

export function flow({
  from = "client",
  to = "mini",
  via = "service",
  port = 3200,
  method = "GET",
  path = "/",
  http,
}: Asked): Flow {
  return {
    source: { application: from, model: "cos", onMesh: null },
    target: { application: to, model: "cos", via, service: null },
    port,
    method,
    path,
    host: null,
    ...(http === undefined ? {} : { http }),
  };
}

export function asked(
  what: Asked,
  mode: Partial<MeshMode> = {},
  policies: EffectivePolicies = set,
  where: Topology = topology,
) {
  return authorize(flow(what), policies, where, { ...DEFAULT_MESH_MODE, ...mode });
}

export const chain = (what: Asked, mode: Partial<MeshMode> = {}) =>
  asked(what, mode).steps.map((step) => `${step.at} ${step.verdict}${step.policy === null ? "" : " policy"}`);
