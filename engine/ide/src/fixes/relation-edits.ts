import type { CharmMetadata, RelationSide } from "#charm";
import type { FileEdit, Location } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { fix, replacementFix } from "../edits/fix.ts";
import type { MeshRelationShape } from "../facts/mesh-wiring.ts";
import { editsThrough } from "./difference.ts";
import { entryOfRelation, insertedIntoSection, removedEntry, type YamlFields } from "./yaml-edits.ts";

/** A relation to be declared. */
export interface NewRelation {
  readonly name: string;
  readonly side: RelationSide;
  readonly fields: YamlFields;
}

/** The fields that the guide gives a mesh relation, with paraphrased descriptions. */
export function meshRelationFields(shape: MeshRelationShape): YamlFields {
  switch (shape.role) {
    case "mesh":
      return [
        ["limit", 1],
        ["interface", shape.interface],
        ["description", "Joins this application to a service mesh, which then enforces its authorization policies.\n"],
      ];
    case "require-cmr":
      return [
        ["interface", shape.interface],
        ["description", "Tells applications in other models who this one is, so that their policies can let it in.\n"],
      ];
    case "provide-cmr":
      return [
        ["interface", shape.interface],
        ["description", "Learns who calls from other models, so that this application's policies can let them in.\n"],
      ];
  }
}

/** Declares relations in the file that declares the others; nothing where the charm has no such file. */
export function declaringEdits(metadata: Pick<CharmMetadata, "file">, relations: readonly NewRelation[]): FileEdit[] {
  if (!metadata.file) return [];
  const edit = editsThrough(
    metadata.file,
    relations.map(
      ({ name, side, fields }) =>
        (file) =>
          insertedIntoSection(file, side, name, fields),
    ),
  );
  return edit.edits.length > 0 ? [edit] : [];
}

/** "Declare …", or nothing where it can't be done. */
export function declaringFixes(
  metadata: Pick<CharmMetadata, "file">,
  relation: NewRelation,
  preferred: boolean,
): Fix[] {
  const edits = declaringEdits(metadata, [relation]);
  const name = relation.fields.find(([key]) => key === "interface")?.[1];
  return edits.length > 0
    ? [fix(`Declare “${relation.name}” (${String(name)}) under ${relation.side}`, edits, preferred)]
    : [];
}

/** Takes a relation out of its section; nothing where its place in the file is not found. */
export function removingFixes(
  metadata: Pick<CharmMetadata, "file">,
  side: RelationSide,
  name: string,
  preferred: boolean,
): Fix[] {
  const { file } = metadata;
  const found = file && entryOfRelation(file, side, name);
  if (!file || !found) return [];
  const edit = removedEntry(file, found.owner, found.entry, found.section);
  return [fix(`Remove “${name}” from ${side}`, [{ path: file.path, create: false, edits: [edit] }], preferred)];
}

/** "Did you mean …": puts another name into a string literal; no edit where there is no literal. */
export function renamingFixes(location: Location, name: string, preferred: boolean): Fix[] {
  const written = location.file.text.slice(location.span.start, location.span.end);
  const quote = /^(["'])[^"'\\\n]*\1$/.exec(written)?.[1];
  return quote ? [replacementFix(`Use “${name}”`, location, quote + name + quote, preferred)] : [];
}
