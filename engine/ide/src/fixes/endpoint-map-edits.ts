import { type CharmRelation, type EndpointKey, type EndpointMap, fitsEndpointKey } from "#charm";
import { optionsOf } from "#python";
import type { FileEdit, Location, PyExpression } from "#syntax";
import { editsOf } from "../edits/fix.ts";
import type { PythonSources } from "../facts/charm-facts.ts";
import type { DeclaredRelations } from "../facts/declared-relations.ts";
import { appendedItem, bracketsOf, quoted } from "./python-edits.ts";
import { expressionAt } from "./python-tree.ts";

/** The relations that a key of the coordinator's map may name. */
export function relationsForKey(declared: DeclaredRelations, key: EndpointKey): readonly CharmRelation[] {
  return [...declared.byName.values()].filter(
    (each) => each.side === key.side && each.interface !== null && fitsEndpointKey(key, each.interface),
  );
}

/** Those of them that no other key of the map names already. */
export function freeRelationsForKey(
  declared: DeclaredRelations,
  key: EndpointKey,
  map: EndpointMap,
): readonly CharmRelation[] {
  const named = new Set(map.entries.flatMap((each) => (each.key === key.key ? [] : (optionsOf(each.value) ?? []))));
  return relationsForKey(declared, key).filter((each) => !named.has(each.endpoint));
}

/** Adds entries to the dict display of an endpoint map, quoted as the map quotes. Nothing where no display is found. */
export function addedMapEntries(
  location: Location | null,
  python: PythonSources,
  entries: readonly (readonly [key: string, value: string])[],
): FileEdit[] {
  if (!location || entries.length === 0) return [];
  const { file } = location;
  const display = expressionAt(python.module(file), location);
  const brackets = display?.kind === "dict" ? bracketsOf(file, display) : null;
  if (display?.kind !== "dict" || !brackets) return [];
  const like = firstQuoted(file.text, display);
  const multiline = file.text.slice(brackets.outer.start, brackets.outer.end).includes("\n");
  const written = entries.map(([key, value]) => `${quoted(key, like)}: ${quoted(value, like)}`);
  return [editsOf(file, appendedItem(file, brackets, written.join(multiline ? ",\n" : ", ")))];
}

function firstQuoted(text: string, display: Extract<PyExpression, { kind: "dict" }>): string | undefined {
  const pair = display.entries.find((each) => each.kind === "pair" && each.key.kind === "string");
  return pair ? text.slice(pair.span.start, pair.span.start + 1) : undefined;
}
