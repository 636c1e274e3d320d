import { type CharmModel, CONSUMER_DEFAULTS } from "#charm";
import { knownValue } from "#python";
import { type FileEdit, type Location, positionAt } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { type DeployedName, deployedNames } from "../cursor/deployed-names.ts";
import { bare, type NamedPlace, namesRelation, placesHolding, relationOf } from "../cursor/naming.ts";
import { answered, type ByKind, type Target } from "../cursor/target.ts";
import { targetAt } from "../cursor/target-at.ts";
import { relationNamed } from "../cursor/targets-of.ts";
import { assumedName } from "./assumed-names.ts";
import { filesWithOwnCharm } from "./own-charms.ts";
import { terraformNames } from "./terraform-names.ts";

/** What a rename would begin with, or why it can't be done. */
export type Renameable = { readonly place: Location; readonly name: string } | { readonly refusal: string };

/** What a rename changes. */
export type Renamed =
  | {
      /** Places that name the relation and nothing else. */
      readonly edits: readonly FileEdit[];
      /** Places that hold the same word and may mean something else: the user confirms each. */
      readonly uncertain: readonly FileEdit[];
      /** Why a client that can't ask must not rename: a string among the uncertain ones names the relation and something else too. */
      readonly shared: string | null;
    }
  | { readonly refusal: string };

/** The name that can be renamed, why it can't be, or null where renaming is another server's business. */
type Name = { readonly name: string } | { readonly refusal: string } | null;

const NAMES: ByKind<[], Name> = {
  relation: (target) => ({ name: target.relation.endpoint }),
  interface: () => ({ refusal: "An interface's name is agreed with other charms." }),
  "relation-use": (target) => ({ name: target.endpoint }),
  "deployed-endpoint": (target) => ({ name: target.endpoint }),
  "endpoint-key": () => ({ refusal: "The keys of the endpoint map belong to coordinated-workers." }),
  policy: () => null,
  ports: () => null,
  method: () => null,
  coordinator: () => null,
  worker: () => null,
  consumer: () => null,
  "proxy-port": () => null,
  "charm-lib": () => null,
};

/** Juju's own pattern of endpoint names (names.v5, relation.go), underscores and hyphens inside. */
const ENDPOINT_NAME = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/;

/** The exact text under the cursor that a rename would replace; null where the target has no rename. */
export function renameable(analysis: Analysis, path: string, offset: number): Renameable | null {
  const target = targetAt(analysis, path, offset);
  if (!target) return null;
  const named = answered(NAMES, target);
  if (named === null || "refusal" in named) return named;
  const refusal = refusalOf(analysis, target, named.name);
  return refusal === null
    ? {
        place: bare("name" in target && typeof target.name !== "string" ? target.name : target.location),
        name: named.name,
      }
    : { refusal };
}

/**
 * Renames a relation in charmcraft.yaml and everywhere in the charm's Python, tests included: strings, and event attributes
 * (`on.my_db_relation_changed`), where hyphens become underscores. Refuses a name that Juju does not take or that is taken, a
 * relation whose name a library assumes, and a charm in which uses may hide behind code that can't be read.
 */
export function renamed(analysis: Analysis, path: string, offset: number, to: string): Renamed | null {
  const target = targetAt(analysis, path, offset);
  if (!target) return null;
  const named = answered(NAMES, target);
  if (named === null || "refusal" in named) return named;
  const { name } = named;
  const refusal = refusalOf(analysis, target, name) ?? nameRefusal(target.charm, name, to);
  if (refusal !== null) return { refusal };
  const others = filesWithOwnCharm(target.charm, name);
  const places = placesHolding(target.charm, name).filter(
    ({ role, location }) => role !== "unrelated" && !isKey(target.charm, location),
  );
  const isCertain = ({ role, location }: NamedPlace): boolean =>
    namesRelation(role) && role !== "shared" && !others.has(location.file);
  const shared = places.find(({ role }) => role === "shared");
  const deployed = deploymentPlaces(analysis, target.charm, name);
  return {
    edits: editsOf([...places.filter(isCertain), ...deployed.certain], name, to),
    uncertain: editsOf([...places.filter((place) => !isCertain(place)), ...deployed.uncertain], name, to),
    shared: shared ? sharedWords(shared.location, name) : null,
  };
}

/** The places in bundles, in mesh-topology.yaml and in Terraform that name the endpoint of a charm. */
function deploymentPlaces(
  analysis: Analysis,
  charm: CharmModel,
  name: string,
): { readonly certain: readonly NamedPlace[]; readonly uncertain: readonly NamedPlace[] } {
  const placed = (location: Location): NamedPlace => ({ location, role: "application-endpoint", isEvent: false });
  const deployed = deployedNames(analysis).filter(
    ({ endpoint, charms }) => endpoint === name && charms.includes(charm),
  );
  const isOne = ({ charms }: DeployedName): boolean => charms.length === 1;
  const outputs = terraformNames(analysis, charm, name);
  return {
    certain: [...deployed.filter(isOne).map(({ location }) => placed(location)), ...outputs.own.map(placed)],
    uncertain: [
      ...deployed.filter((each) => !isOne(each)).map(({ location }) => placed(location)),
      ...outputs.others.map(placed),
    ],
  };
}

function sharedWords({ file, span }: Location, name: string): string {
  const line = positionAt(file, span.start).line + 1;
  return `${file.path}:${line} uses one “${name}” for the relation and for something else, such as a container; give each its own string first.`;
}

/** Keys of the endpoint map are coordinated-workers' own words, whatever relations are called. */
function isKey({ coordinator, worker }: CharmModel, { file, span }: Location): boolean {
  const entries = [...(coordinator?.endpoints.entries ?? []), ...(worker?.endpoints.entries ?? [])];
  return entries.some(({ keyLocation }) => keyLocation.file === file && bare(keyLocation).span.start === span.start);
}

function refusalOf(_: Analysis, target: Target, name: string): string | null {
  const { charm } = target;
  const relation = relationOf(target)?.relation ?? relationNamed(charm, name);
  if (!relation) return `“${name}” is not declared in charmcraft.yaml; declare it first.`;
  if (charm.damaged) return "A Python file of this charm can't be fully read; a use of the relation could be missed.";
  const { crossModelMeshProvidesName, crossModelMeshRequiresName, meshRelationName } = CONSUMER_DEFAULTS;
  const defaults: Readonly<Record<string, string>> = {
    [meshRelationName.value]: "mesh_relation_name",
    [crossModelMeshRequiresName.value]: "cross_model_mesh_requires_name",
    [crossModelMeshProvidesName.value]: "cross_model_mesh_provides_name",
  };
  const keyword = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
  if (keyword !== undefined && charm.consumers.some((consumer) => !consumer.arguments.has(keyword))) {
    return `ServiceMeshConsumer takes “${name}” by default; give it ${keyword}= first.`;
  }
  const { coordinator } = charm;
  if (coordinator?.peerRelationLocation === null && knownValue(coordinator.peerRelation) === name)
    return `${coordinator.className} takes “${name}” by default; give it peer_relation= first.`;
  const assumed = assumedName(charm, name);
  if (assumed) return `${assumed.className} takes “${name}” by default; give it ${assumed.parameter}= first.`;
  return null;
}

function nameRefusal(charm: CharmModel, name: string, to: string): string | null {
  if (!ENDPOINT_NAME.test(to))
    return `“${to}” is no name for a relation: lower-case letters and digits, with single hyphens or underscores between them.`;
  if (to !== name && relationNamed(charm, to)) return `“${to}” is declared already.`;
  return null;
}

function editsOf(places: readonly NamedPlace[], name: string, to: string): readonly FileEdit[] {
  const byPath = new Map<string, FileEdit & { edits: { span: Location["span"]; newText: string }[] }>();
  for (const { location, isEvent } of places) {
    const written = location.file.text.slice(location.span.start, location.span.end);
    if (written !== (isEvent ? name.replaceAll("-", "_") : name)) continue;
    const entry = byPath.get(location.file.path) ?? { path: location.file.path, create: false, edits: [] };
    if (!entry.edits.some((edit) => edit.span.start === location.span.start))
      entry.edits.push({ span: location.span, newText: isEvent ? to.replaceAll("-", "_") : to });
    byPath.set(location.file.path, entry);
  }
  return [...byPath.values()];
}
