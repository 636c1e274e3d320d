import type { CharmModel } from "#charm";
import type { Location } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { deployedNames } from "../cursor/deployed-names.ts";
import { bare, namesRelation, placesHolding, relationOf } from "../cursor/naming.ts";
import { answered, type ByKind, type Target } from "../cursor/target.ts";
import { targetAt } from "../cursor/target-at.ts";
import { targetsOf } from "../cursor/targets-of.ts";

interface References {
  readonly declarations: readonly Location[];
  readonly uses: readonly Location[];
}

const NONE: References = { declarations: [], uses: [] };

const REFERENCES: ByKind<[Analysis], References> = {
  relation: naming,
  "deployed-endpoint": naming,
  interface: (target, analysis) => interfaceUses(analysis, target.name),
  "relation-use": naming,
  "endpoint-key": (target) => ({
    declarations: [],
    uses: target.map.entries.filter((entry) => entry.key === target.entry.key).map((entry) => bare(entry.keyLocation)),
  }),
  policy: (target) =>
    sameKind(target.charm, (each) => each.kind === "policy" && each.policy.kind === target.policy.kind),
  ports: () => NONE,
  method: (target) => sameKind(target.charm, (each) => each.kind === "method" && each.name === target.name),
  coordinator: () => NONE,
  worker: () => NONE,
  consumer: (target) => sameKind(target.charm, (each) => each.kind === "consumer"),
  "proxy-port": () => NONE,
  "charm-lib": (target) => ({ declarations: [target.location], uses: libraryImports(target.charm, target.lib.lib) }),
};

/** Every place that names the same thing, over both files of a charm and its tests; interfaces over all charms. */
export function references(
  analysis: Analysis,
  path: string,
  offset: number,
  withDeclaration: boolean,
): readonly Location[] {
  const target = targetAt(analysis, path, offset);
  if (!target) return [];
  const found = answered(REFERENCES, target, analysis);
  return withDeclaration ? [...found.declarations, ...found.uses] : found.uses;
}

/** The same within one file, for highlighting. */
export function highlights(analysis: Analysis, path: string, offset: number): readonly Location[] {
  return references(analysis, path, offset, true).filter((place) => place.file.path === path);
}

function naming(target: Target, analysis: Analysis): References {
  const named = relationOf(target);
  if (!named) return NONE;
  const places = placesHolding(target.charm, named.endpoint);
  return {
    declarations: places.filter((place) => place.role === "declaration").map((place) => place.location),
    uses: [
      ...places
        .filter((place) => place.role !== "declaration" && namesRelation(place.role))
        .map((place) => place.location),
      ...deployedNames(analysis)
        .filter(({ endpoint, charms }) => endpoint === named.endpoint && charms.includes(target.charm))
        .map(({ location }) => location),
    ],
  };
}

function interfaceUses(analysis: Analysis, name: string): References {
  const uses = analysis.charms.flatMap(
    (charm) => sameKind(charm, (each) => each.kind === "interface" && each.name === name).uses,
  );
  return { declarations: [], uses };
}

function sameKind(charm: CharmModel, matches: (target: Target) => boolean): References {
  return {
    declarations: [],
    uses: [...targetsOf(charm).values()]
      .flat()
      .filter(matches)
      .map((target) => target.location),
  };
}

function libraryImports(charm: CharmModel, lib: string): readonly Location[] {
  const [owner = "", name = ""] = lib.split(".");
  return charm.libraries
    .filter((each) => each.name.startsWith(`charms.${owner}.`) && each.name.endsWith(`.${name}`))
    .flatMap((each) => each.imports.map((one) => one.location));
}
