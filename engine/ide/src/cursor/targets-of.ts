import type { CharmModel, CharmRelation } from "#charm";
import { knownValue } from "#python";
import { type Location, memo, type SourceFile } from "#syntax";
import type { Target } from "./target.ts";

/** Every target of a charm by file, ordered by place; of two that cover one another the smaller comes later. */
export const targetsOf = memo((charm: CharmModel): ReadonlyMap<SourceFile, readonly Target[]> => {
  const byFile = new Map<SourceFile, Target[]>();
  for (const target of allTargets(charm)) {
    const list = byFile.get(target.location.file);
    if (list) list.push(target);
    else byFile.set(target.location.file, [target]);
  }
  for (const list of byFile.values()) list.sort(byPlace);
  return byFile;
});

/** The relation of that name, or null. Of two of one name the first counts, as in Juju's own reader. */
export function relationNamed(charm: CharmModel, endpoint: string): CharmRelation | null {
  return charm.metadata.relations.find((relation) => relation.endpoint === endpoint) ?? null;
}

function* allTargets(charm: CharmModel): Iterable<Target> {
  for (const relation of charm.metadata.relations) {
    yield { kind: "relation", charm, location: relation.key, relation };
    const value = relation.fields.get("interface")?.value;
    if (value && relation.interface !== null) {
      yield { kind: "interface", charm, location: value, relation, name: relation.interface };
    }
  }
  for (const lib of charm.metadata.charmLibs) yield { kind: "charm-lib", charm, location: lib.location, lib };
  yield* pythonTargets(charm);
}

function* pythonTargets(charm: CharmModel): Iterable<Target> {
  const { coordinator, worker } = charm;
  const named = new Set<string>();
  const use = (
    endpoint: string,
    location: Location,
    role: Extract<Target, { kind: "relation-use" }>["role"],
    name = location,
  ): Target => {
    named.add(placeKey(location));
    return { kind: "relation-use", charm, location, endpoint, name, role, relation: relationNamed(charm, endpoint) };
  };
  for (const of of ["coordinator", "worker"] as const) {
    const map = (of === "coordinator" ? coordinator : worker)?.endpoints;
    for (const entry of map?.entries ?? []) {
      yield {
        kind: "endpoint-key",
        charm,
        location: entry.keyLocation,
        entry,
        map: map ?? { entries: [], complete: false, location: null },
        of,
      };
      const value = knownValue(entry.value);
      if (typeof value === "string" && isString(entry.valueLocation))
        yield use(value, entry.valueLocation, "endpoint-map");
    }
  }
  if (coordinator) {
    yield { kind: "coordinator", charm, location: coordinator.callee, coordinator };
    const proxy = knownValue(coordinator.telemetryProxy);
    if (proxy?.httpPortLocation)
      yield { kind: "proxy-port", charm, location: proxy.httpPortLocation, proxy, scheme: "http" };
    if (proxy?.httpsPortLocation)
      yield { kind: "proxy-port", charm, location: proxy.httpsPortLocation, proxy, scheme: "https" };
  }
  if (worker) yield { kind: "worker", charm, location: worker.callee, worker };
  for (const consumer of charm.consumers) yield { kind: "consumer", charm, location: consumer.callee, consumer };
  for (const policy of charm.policies) {
    yield { kind: "policy", charm, location: policy.callee, policy };
    const relation = knownValue(policy.relation);
    if (relation !== undefined && policy.relationLocation && isString(policy.relationLocation)) {
      yield use(relation, policy.relationLocation, "policy");
    }
    const ports = policy.arguments.find((argument) => argument.name === "ports");
    if (ports) yield { kind: "ports", charm, location: ports.value, policy, endpoint: null };
    for (const endpoint of knownValue(policy.endpoints) ?? []) {
      const place = endpoint.arguments.get("ports");
      if (place) yield { kind: "ports", charm, location: place, policy, endpoint };
    }
  }
  for (const member of charm.methodMembers)
    yield { kind: "method", charm, location: member.location, name: member.name };
  for (const each of charm.relationUses) {
    if (!named.has(placeKey(each.location)) && each.role !== "other" && each.role !== "unrelated")
      yield use(each.endpoint, each.whole, each.role, each.location);
  }
}

/** A value that is a string literal at that place, rather than a reference. */
function isString({ file, span }: Location): boolean {
  return /^[rbuf]{0,2}["']/i.test(file.text.slice(span.start, span.start + 3));
}

function placeKey({ file, span }: Location): string {
  return `${file.path}:${span.start}`;
}

function byPlace(a: Target, b: Target): number {
  return a.location.span.start - b.location.span.start || b.location.span.end - a.location.span.end;
}
