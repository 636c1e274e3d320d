import {
  argumentValue,
  type CallSite,
  findCalls,
  iterated,
  namedArguments,
  optionsOfValue,
  type Program,
  type PyValue,
} from "#python";
import type { Location } from "#syntax";
import { manifestApplier } from "../catalog/manifest-appliers.ts";
import type { ImportRecord } from "../charm-model.ts";

/**
 * The place where the charm imports something that could open ports out of sight; null where nothing does. A handler whose
 * kinds of resources are given, without Services, opens none. A module that patches a Service with
 * lightkube takes the ports as ServicePort objects, and the analysis finds those at their calls.
 */
export function manifestsWithServices(program: Program, imports: readonly ImportRecord[]): Location | null {
  const found = imports.find(({ module, name }) => {
    const applier = manifestApplier(module, name);
    if (!applier) return false;
    const { restricted } = applier;
    const calls = restricted ? findCalls(program, [applier.name]) : [];
    if (!restricted || calls.length === 0) return true;
    return !calls.every((site) => refusesServices(program, site, restricted.parameters, restricted.kinds));
  });
  return found?.location ?? null;
}

function refusesServices(program: Program, site: CallSite, parameters: readonly string[], kinds: string): boolean {
  const given = namedArguments(site.arguments, parameters).get(kinds);
  return (
    given !== undefined && optionsOfValue(argumentValue(program, given)).every((each) => holdsNoService(program, each))
  );
}

/** Whether each kind in the collection is read, and none is a Service; an empty one restricts nothing. */
function holdsNoService(program: Program, value: PyValue): boolean {
  const kinds = iterated(program, value);
  if (!kinds || kinds.open !== null || kinds.elements.length === 0) return false;
  return kinds.elements.every((element) => optionsOfValue(element.value).every(isOtherKind));
}

/** A class of lightkube's by another name, or one that `create_namespaced_resource` and its like made for a custom resource. */
function isOtherKind(value: PyValue): boolean {
  const name = value.kind === "external" ? value.name : value.kind === "instance" ? value.external[0] : undefined;
  return name !== undefined && !/(?:^|\.)Service$/.test(name);
}
