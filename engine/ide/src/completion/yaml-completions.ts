import { type CharmModel, INTERFACES } from "#charm";
import type { SourceFile } from "#syntax";
import { lineStartOf } from "../edits/layout.ts";
import { MESH_RELATIONS, MESH_ROLES } from "../facts/mesh-wiring.ts";
import type { Completion } from "./proposal.ts";
import { proposal } from "./proposal.ts";

/** The guide's descriptions, paraphrased. */
const ABOUT = {
  mesh: "Puts this charm on a service mesh and asks for the authorization policies that it needs.",
  "provide-cmr": "Tells this charm who the applications of other models are, so that the mesh can let them in.",
  "require-cmr": "Tells applications of other models who this charm is, so that their mesh can let it in.",
} as const;

/** Proposals inside charmcraft.yaml: interfaces, and the three mesh relations as blocks. */
export function yamlCompletions(charm: CharmModel, file: SourceFile, offset: number): readonly Completion[] {
  const line = file.text.slice(lineStartOf(file.text, offset), offset);
  const value = /(?:^\s+|[{,]\s*)interface:[ \t]*(["']?[\w-]*)$/.exec(line);
  if (value) {
    const word = wordAround(file.text, offset);
    return INTERFACES.map((each) =>
      proposal(word, {
        label: each.name,
        kind: "interface",
        documentation: each.about,
        rank: /mesh/.test(each.name) ? 0 : 1,
      }),
    );
  }
  const library = /^[ \t]{1,80}(?:-[ \t]{1,20})?lib:[ \t]{0,80}([\w.]{0,120})$/.exec(line);
  if (library && topLevelKey(file, offset) === "charm-libs")
    return libraries(charm, offset - (library[1] ?? "").length, offset);
  const fields = relationFields(file, offset, line);
  if (fields.length > 0) return fields;
  const key = /^([ \t]+)([\w-]*)$/.exec(line);
  const section = key ? sectionAt(file, offset, key[1] ?? "") : null;
  if (!key || (section !== "requires" && section !== "provides")) return [];
  const step = key[1] ?? "  ";
  const start = offset - (key[2] ?? "").length;
  const taken = new Set(charm.metadata.relations.map((relation) => `${relation.side} ${relation.interface}`));
  return MESH_ROLES.map((role) => ({ role, shape: MESH_RELATIONS[role] }))
    .filter(({ shape }) => shape.side === section && !taken.has(`${shape.side} ${shape.interface}`))
    .map(({ role, shape }) => {
      const fields = [
        `interface: ${shape.interface}`,
        ...(role === "mesh" ? ["limit: 1"] : []),
        "optional: true",
        "description: |",
        `${step}${ABOUT[role]}`,
      ];
      return proposal(
        { start, end: offset },
        {
          label: shape.usualName,
          kind: "snippet",
          detail: `${shape.side} ${shape.interface}`,
          documentation: ABOUT[role],
          insert: `${shape.usualName}:\n${fields.map((field) => `${step}${step}${field}`).join("\n")}\n`,
          rank: 0,
        },
      );
    });
}

/** The fields of a relation (https://documentation.ubuntu.com/charmcraft/stable/reference/files/charmcraft-yaml-file/#requires). */
const FIELDS = [
  { name: "interface", insert: "interface: ", about: "The protocol that both sides speak." },
  { name: "limit", insert: "limit: 1", about: "How many relations there may be." },
  { name: "optional", insert: "optional: true", about: "Whether the charm works without it." },
  { name: "scope", insert: "scope: global", about: "`global`, or `container` for subordinates." },
  { name: "description", insert: "description: ", about: "What the relation is for." },
] as const;

/** The fields that a relation's block does not have yet, in block or in flow style; empty anywhere else. */
function relationFields(file: SourceFile, offset: number, line: string): readonly Completion[] {
  const flow = /^[ \t]+[\w-]+:[ \t]*\{(?:[^{}]*,)?[ \t]*([a-z]*)$/.exec(line);
  const block = /^([ \t]+)([a-z]*)$/.exec(line);
  if (!flow && !block) return [];
  if (!/^(?:requires|provides|peers)$/.test(topLevelKey(file, offset) ?? "")) return [];
  const depth = block?.[1]?.length ?? 0;
  const siblings = block ? blockAround(file, offset, depth) : line;
  if (siblings === null) return [];
  const start = offset - (flow?.[1] ?? block?.[2] ?? "").length;
  const given = new Set([...siblings.matchAll(/(?<![\w-])([a-z]{1,40}):/g)].map((found) => found[1]));
  return FIELDS.filter(({ name }) => !given.has(name)).map(({ name, insert, about }) =>
    proposal({ start, end: offset }, { label: name, kind: "keyword", documentation: about, insert, rank: 0 }),
  );
}

/** The lines of the block that a line of this depth belongs to, where that is the block of a relation; null anywhere else. */
function blockAround(file: SourceFile, offset: number, depth: number): string | null {
  const lines = file.text.split(/\r\n|\n|\r/);
  const at = file.text.slice(0, offset).split(/\r\n|\n|\r/).length - 1;
  const depthOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;
  let head = at - 1;
  while (head >= 0 && ((lines[head] ?? "").trim() === "" || depthOf(lines[head] ?? "") >= depth)) head--;
  const heading = lines[head] ?? "";
  if (depthOf(heading) === 0 || !/^[ \t]+[\w-]+:[ \t]*(?:#.*)?$/.test(heading)) return null;
  let end = at + 1;
  while (end < lines.length && ((lines[end] ?? "").trim() === "" || depthOf(lines[end] ?? "") >= depth)) end++;
  return lines.slice(head + 1, end).join("\n");
}

/** The libraries of the mesh, and those that the charm imports and does not fetch yet, as `charm-libs` names them. */
function libraries(charm: CharmModel, start: number, end: number): readonly Completion[] {
  const listed = new Set(charm.metadata.charmLibs.map(({ lib }) => lib));
  const used = charm.libraries.flatMap(({ name }) => {
    const parts = /^charms\.(\w+)\.v\d+\.(\w+)$/.exec(name);
    return parts ? [`${parts[1]}.${parts[2]}`] : [];
  });
  return [...new Set(["istio_beacon_k8s.service_mesh", ...used])]
    .filter((name) => !listed.has(name))
    .map((name, rank) => proposal({ start, end }, { label: name, kind: "value", rank }));
}

/** The word around an offset, which a proposal replaces as a whole. */
export function wordAround(text: string, offset: number): { readonly start: number; readonly end: number } {
  let [start, end] = [offset, offset];
  while (start > 0 && /[\w-]/.test(text[start - 1] ?? "")) start--;
  while (end < text.length && /[\w-]/.test(text[end] ?? "")) end++;
  return { start, end };
}

/** The nearest key above at the beginning of its line. */
export function topLevelKey(file: SourceFile, offset: number): string | null {
  const lines = file.text.slice(0, lineStartOf(file.text, offset)).split(/\r\n|\n|\r/);
  const heading = lines.findLast((line) => /^[\w-]+:/.test(line));
  return heading === undefined ? null : heading.slice(0, heading.indexOf(":"));
}

/** The top-level key that a line of this indentation is a direct child of. */
function sectionAt(file: SourceFile, offset: number, indentation: string): string | null {
  const lines = file.text.slice(0, lineStartOf(file.text, offset)).split(/\r\n|\n|\r/);
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? "";
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
    if (indent === "") return /^([\w-]+):\s*(?:#.*)?$/.exec(line)?.[1] ?? null;
    if (indent.length < indentation.length) return null;
  }
  return null;
}
