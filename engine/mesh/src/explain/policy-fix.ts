import { BEACON_KNOWLEDGE } from "#charm";
import { deployedOf, relationsOf } from "../policy/effective/deployed.ts";
import type { Flow, NearestPolicy } from "../policy/flow.ts";
import type { Application, Topology } from "../topology/topology.ts";

/**
 * What to change so that the mesh allows a flow, in one or two sentences. `onMesh` says whether the sources put the caller on the mesh;
 * null: not known.
 */
export function fixText(
  request: Flow,
  nearest: NearestPolicy | null,
  topology: Topology,
  onMesh: boolean | null,
): string {
  const { source, target } = request;
  const deployed = deployedOf(topology);
  const caller = deployed.applications.get(`${source.model}/${source.application}`);
  if (caller && onMesh === false) {
    const beacon = deployed.beacons.find((one) => one.model === source.model)?.name ?? "istio-beacon-k8s";
    return `Put ${source.application} on the mesh, since a caller without an identity matches no policy: \`juju integrate ${source.application}:${BEACON_KNOWLEDGE.endpoint} ${beacon}\`.`;
  }
  const called = deployed.applications.get(`${target.model}/${target.application}`);
  const endpoint = called && caller ? endpointBetween(topology, called, caller) : null;
  const policy = policyText(request, endpoint);
  if (nearest === null || nearest.field === "source" || nearest.effective.origin !== "charm") {
    if (endpoint !== null) return `Add ${policy} to the policies of ${charmText(called, target.application)}.`;
    return caller
      ? `No relation connects ${source.application} to ${target.application}. Integrate them and add ${policy} for that relation, or stop the call.`
      : `${source.model}/${source.application} is not in this deployment. If it should call ${target.application}, relate them and add ${policy}.`;
  }
  switch (nearest.field) {
    case "target":
      return target.via === "unit"
        ? `Call the Service of ${target.application} instead of its pod, or add ${policy}.`
        : `Add ${policy}: the policy that is there covers another address.`;
    case "port":
      return `Add port ${request.port} to the policy.`;
    case "method":
      return `Add the method ${request.method ?? ""} to the policy.`;
    case "path":
      return `Add the path ${request.path ?? ""} to the policy.`;
    case "host":
      return `Add the host ${request.host ?? ""} to the policy, or remove its hosts.`;
  }
}

function charmText(application: Application | undefined, name: string): string {
  return application?.charm ? `the charm ${application.charm}` : name;
}

/** The endpoint of `called` over which `caller` is related to it; null where there is none, or several and so no single one. */
function endpointBetween(topology: Topology, called: Application, caller: Application): string | null {
  const endpoints = relationsOf(deployedOf(topology), called)
    .filter(({ remote }) => remote.model === caller.model && remote.application === caller.name)
    .flatMap(({ endpoint }) => (endpoint === null ? [] : [endpoint]));
  return new Set(endpoints).size === 1 ? (endpoints[0] ?? null) : null;
}

/** A policy as charms write it. */
function policyText({ target, port }: Flow, endpoint: string | null): string {
  const relation = endpoint === null ? "relation=…" : `relation="${endpoint}"`;
  return target.via === "unit"
    ? `\`UnitPolicy(${relation}, ports=[${port}])\``
    : `\`AppPolicy(${relation}, endpoints=[Endpoint(ports=[${port}])])\``;
}
