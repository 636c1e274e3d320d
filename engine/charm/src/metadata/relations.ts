import { type SourceFile, type YamlEntry, type YamlMap, type YamlNode, yamlEntry, yamlGet, yamlTarget } from "#syntax";
import type { CharmRelation, MetadataProblem, RelationSide } from "./metadata.ts";
import { booleanOf, entriesOf, isEmpty, keyText, mapOf, placeOf, stringAt } from "./yaml-values.ts";

/** The three sections that declare relations, in the order charmcraft documents them. */
export const RELATION_SIDES: readonly RelationSide[] = ["provides", "requires", "peers"];

export interface RelationsRead {
  readonly relations: readonly CharmRelation[];
  readonly problems: readonly MetadataProblem[];
}

/**
 * The relations of one charmcraft.yaml or metadata.yaml. What breaks the schema
 * (https://documentation.ubuntu.com/charmcraft/stable/reference/files/charmcraft-yaml-file/) is kept as a relation as far
 * as it is readable, and reported in `problems`. An empty value is no problem: a line looks like that while the author types it.
 */
export function relationsOf(file: SourceFile, root: YamlMap | null): RelationsRead {
  const relations: CharmRelation[] = [];
  const problems: MetadataProblem[] = [];
  for (const side of RELATION_SIDES) {
    const section = yamlEntry(root, side);
    if (!section || isEmpty(section.value)) continue;
    const blocks = mapOf(section.value);
    if (!blocks) {
      problems.push(invalid(file, section.value ?? section.key, `\`${side}\` must map endpoint names to relations.`));
      continue;
    }
    for (const entry of entriesOf(blocks)) {
      const read = relationOf(file, side, entry);
      relations.push(read.relation);
      for (const each of read.problems) problems.push(each);
    }
  }
  return { relations, problems };
}

function relationOf(
  file: SourceFile,
  side: RelationSide,
  entry: YamlEntry,
): { readonly relation: CharmRelation; readonly problems: readonly MetadataProblem[] } {
  const endpoint = keyText(entry);
  const block = mapOf(entry.value);
  const fields = new Map<string, { key: ReturnType<typeof placeOf>; value: ReturnType<typeof placeOf> | null }>();
  for (const field of entriesOf(block)) {
    fields.set(keyText(field), {
      key: placeOf(file, field.key),
      value: field.value ? placeOf(file, field.value) : null,
    });
  }
  const limit = limitOf(yamlGet(block, "limit"));
  const optional = booleanOf(yamlGet(block, "optional"));
  const relation: CharmRelation = {
    endpoint,
    side,
    interface: stringAt(block, "interface"),
    limit,
    optional,
    scope: stringAt(block, "scope"),
    description: stringAt(block, "description"),
    key: placeOf(file, entry.key),
    block: placeOf(file, entry),
    fields,
  };
  return { relation, problems: problemsOf(file, entry, block, relation) };
}

function problemsOf(
  file: SourceFile,
  entry: YamlEntry,
  block: YamlMap | null,
  relation: CharmRelation,
): readonly MetadataProblem[] {
  const name = relation.endpoint;
  if (!block) {
    return [
      invalid(
        file,
        isEmpty(entry.value) ? entry.key : (entry.value ?? entry.key),
        `the relation “${name}” must be a mapping with an \`interface\`.`,
      ),
    ];
  }
  const problems: MetadataProblem[] = [];
  const interfaceEntry = yamlEntry(block, "interface");
  if (!interfaceEntry) problems.push(invalid(file, entry.key, `the relation “${name}” has no \`interface\`.`));
  else if (relation.interface === null || relation.interface === "") {
    problems.push(
      invalid(file, interfaceEntry.value ?? interfaceEntry.key, `the \`interface\` of “${name}” must be a name.`),
    );
  }
  const limitEntry = yamlEntry(block, "limit");
  if (limitEntry && relation.limit === null && !isEmpty(limitEntry.value)) {
    problems.push(
      invalid(file, limitEntry.value ?? limitEntry.key, `the \`limit\` of “${name}” must be a positive whole number.`),
    );
  }
  const optionalEntry = yamlEntry(block, "optional");
  if (optionalEntry && relation.optional === null && !isEmpty(optionalEntry.value)) {
    problems.push(
      invalid(file, optionalEntry.value ?? optionalEntry.key, `\`optional\` of “${name}” must be true or false.`),
    );
  }
  return problems;
}

function limitOf(node: YamlNode | null): number | null {
  const found = yamlTarget(node);
  if (found?.kind !== "scalar" || typeof found.value !== "number") return null;
  return Number.isInteger(found.value) && found.value > 0 ? found.value : null;
}

function invalid(file: SourceFile, node: { readonly span: YamlNode["span"] }, message: string): MetadataProblem {
  return {
    location: placeOf(file, node),
    message: `Charmcraft refuses this charm: ${message}`,
    code: "invalid-relation-block",
    related: [],
  };
}

/**
 * Duplicate endpoint names among provides, requires and peers: Juju keeps one namespace for all three
 * (juju/juju internal/charm/meta.go, `Meta.Check`: "duplicate relation name"). The problem is at every later one.
 */
export function duplicateEndpoints(relations: readonly CharmRelation[]): readonly MetadataProblem[] {
  const first = new Map<string, CharmRelation>();
  const problems: MetadataProblem[] = [];
  for (const relation of relations) {
    const earlier = first.get(relation.endpoint);
    if (!earlier) {
      first.set(relation.endpoint, relation);
      continue;
    }
    problems.push({
      location: relation.key,
      message:
        earlier.side === relation.side
          ? `The earlier declaration has no effect: “${relation.endpoint}” is declared twice under \`${relation.side}\`, and the last one counts.`
          : `Juju refuses this charm: it declares the endpoint “${relation.endpoint}” twice, under \`${earlier.side}\` and \`${relation.side}\`.`,
      code: "duplicate-endpoint-name",
      related: [{ location: earlier.key, message: `First declared here, under \`${earlier.side}\`.` }],
    });
  }
  return problems;
}
