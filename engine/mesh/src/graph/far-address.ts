import { type CharmModel, isDeclaredOnly } from "#charm";
import { knownValue, optionsOf, type Reason } from "#python";
import type { Application, TopologyRelation } from "../topology/topology.ts";
import { endpointOf, type GraphInput, keyOf } from "./graph-input.ts";

/** Where traffic over a relation arrives at an application. */
export interface FarAddress {
  /** Both if it is unknown: a Service and a pod are then possible. */
  readonly via: readonly ("service" | "unit")[];
  readonly ports: readonly number[] | null;
  readonly because: readonly Reason[];
}

/** The one route that what a charm publishes over a relation leads to; null where that is not known or not one. */
export function publishedRoute(
  input: GraphInput,
  relation: TopologyRelation,
  target: Application,
): "service" | "unit" | null {
  const endpoint = endpointOf(relation, target);
  const published = input.charmOf(target)?.published.filter((one) => one.relation === endpoint) ?? [];
  const options = published.map((one) => optionsOf(one.address));
  if (options.some((one) => one === null)) return null;
  const routes = new Set(
    options
      .flatMap((one) => one ?? [])
      .filter((address) => address !== "external")
      .flatMap(viaOf),
  );
  const [route] = routes;
  return routes.size === 1 && !options.some((one) => one?.includes("none")) ? (route ?? null) : null;
}

/** Whether the target's charm is known to publish nothing over a relation by which it could be called. */
export function publishesNothing(input: GraphInput, relation: TopologyRelation, target: Application): boolean {
  const charm = input.charmOf(target);
  const endpoint = endpointOf(relation, target);
  if (!charm || endpoint === null) return false;
  return (
    isDeclaredOnly(charm, endpoint) ||
    charm.published.some((one) => one.relation === endpoint && knownValue(one.address) === "none")
  );
}

/**
 * The address and ports at which an application is called over a relation: what its charm publishes there, else ports given in the
 * options, else the interface's usual ones.
 */
export function farAddress(input: GraphInput, relation: TopologyRelation, target: Application): FarAddress {
  const charm = input.charmOf(target);
  const endpoint = endpointOf(relation, target);
  const published = charm?.published.filter((one) => one.relation === endpoint) ?? [];
  const via = new Set(published.flatMap((one) => viaOf(knownValue(one.address))));
  const listed = input.options.ports?.get(keyOf(target));
  const ports = publishedPorts(charm, endpoint) ?? listed ?? input.knowledgeOf(relation)?.ports ?? [];
  return {
    via: via.size > 0 ? [...via] : ["service", "unit"],
    ports: ports.length > 0 ? ports : null,
    because: published.flatMap((one) => one.address.because),
  };
}

function publishedPorts(charm: CharmModel | null, endpoint: string | null): readonly number[] | null {
  const published = charm?.published.filter((one) => one.relation === endpoint) ?? [];
  const ports = published.flatMap((one) => optionsOf(one.port) ?? []);
  return ports.length > 0 ? [...new Set(ports)] : null;
}

function viaOf(address: "unit" | "headless" | "application" | "external" | "none" | undefined): ("service" | "unit")[] {
  if (address === "unit" || address === "headless") return ["unit"];
  return address === "application" ? ["service"] : [];
}
