import type { CharmModel, CharmRelation, RelationSide } from "#charm";

/** The relations that a charm declares, with the one thing a rule has to know before it calls one missing. */
export interface DeclaredRelations {
  readonly byName: ReadonlyMap<string, CharmRelation>;
  /** False where relations may exist that were not read; nothing may then be called undeclared. */
  readonly complete: boolean;
  /** True where the file that declares them is broken YAML: the recovered relations may differ from the author's intent. */
  readonly damaged: boolean;
  /** The relations of one interface and side, in source order. */
  readonly fitting: (name: string, side: RelationSide) => readonly CharmRelation[];
}

/** Reads the relations from a charm's model. Of a name in two sections the first counts, as in `duplicate-endpoint-name`. */
export function declaredRelations({ metadata }: Pick<CharmModel, "metadata">): DeclaredRelations {
  const byName = new Map<string, CharmRelation>();
  for (const relation of metadata.relations)
    if (!byName.has(relation.endpoint)) byName.set(relation.endpoint, relation);
  return {
    byName,
    complete: metadata.file !== null && metadata.relationsComplete,
    damaged: metadata.syntaxProblems.length > 0,
    fitting: (name, side) => metadata.relations.filter((each) => each.interface === name && each.side === side),
  };
}
