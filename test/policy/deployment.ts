import type { CharmModel } from "#charm";
import {
  type Application,
  DEFAULT_MESH_MODE,
  type EffectivePolicies,
  effectivePolicies,
  type Topology,
  type TopologyRelation,
  topologiesOf,
} from "#mesh";
import { sourceFile } from "#syntax";
import type { EffectiveOptions } from "../../engine/mesh/src/policy/effective-policies.ts";

/** A deployment from the text of a mesh-topology.yaml. */
export function deployment(yaml: string, models: readonly CharmModel[] = []): Topology {
  const [topology] = topologiesOf([sourceFile("mesh-topology.yaml", yaml)], models);
  if (!topology) throw new Error("no topology in the text");
  if (topology.problems.length > 0) throw new Error(topology.problems.map((problem) => problem.message).join("; "));
  return topology;
}

/** What the charms and the libraries contribute to the effective set of such a deployment; Istio's own part is left out. */
export function effective(
  yaml: string,
  models: readonly CharmModel[],
  options: EffectiveOptions = {},
): EffectivePolicies {
  const set = effectivePolicies(models, deployment(yaml, models), options);
  return { ...set, policies: set.policies.filter(({ origin }) => origin !== "istio") };
}

/** A set in short: one line per policy. */
export function lines(set: EffectivePolicies): readonly string[] {
  return set.policies.map(({ origin, meshPolicy, resource, uncertain }) => {
    const { source_namespace, source_app_name, target_namespace, target_app_name, target_selector_labels } = meshPolicy;
    const target =
      target_app_name ??
      Object.entries(target_selector_labels ?? {})
        .flat()
        .join("=");
    const ports = meshPolicy.endpoints.map((endpoint) => endpoint.ports?.join(",") ?? "*").join(" ");
    const address = meshPolicy.target_type === "app" ? "service" : "pods";
    const state = resource === null ? " dropped" : uncertain === null ? "" : " uncertain";
    return `${origin}: ${source_app_name}@${source_namespace} > ${target}@${target_namespace} ${address} [${ports}]${state}`;
  });
}

/** An application of a topology that is put together by hand. */
export function application(name: string, model: string, more: Partial<Application> = {}): Application {
  return {
    name,
    model,
    charm: null,
    units: 1,
    unitNames: [],
    role: null,
    trust: null,
    onMesh: null,
    kind: "deployed",
    because: [],
    ...more,
  };
}

/** A topology put together by hand. */
export function topologyOf(
  applications: readonly Application[],
  relations: readonly TopologyRelation[] = [],
  more: Partial<Topology> = {},
): Topology {
  return {
    source: "file",
    file: null,
    mode: DEFAULT_MESH_MODE,
    models: [...new Set(applications.map((one) => one.model))],
    applications,
    relations,
    offers: [],
    databags: [],
    problems: [],
    note: null,
    ...more,
  };
}

/** A relation inside one model: `relation("cos", "tempo:api", "grafana:api", "tempo_api")`, provider first. */
export function relation(
  model: string,
  provider: string,
  requirer: string,
  interfaceName: string | null,
  more: Partial<TopologyRelation> = {},
): TopologyRelation {
  const end = (text: string) => {
    const [name = "", endpoint = null] = text.split(":");
    return { model, application: name, endpoint };
  };
  return {
    id: `${model}.${provider}-${requirer}`,
    interface: interfaceName,
    provider: end(provider),
    requirer: end(requirer),
    peer: false,
    crossModel: null,
    because: [],
    ...more,
  };
}

/** Compares by the place in a set, so that an expectation can be read by origin. */
export function bySet(set: EffectivePolicies): (a: string, b: string) => number {
  const order = lines(set);
  return (a, b) => order.indexOf(a) - order.indexOf(b);
}
