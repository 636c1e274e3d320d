import { type CharmModel, INTERFACES } from "#charm";
import type { SourceFile } from "#syntax";
import { lineStartOf } from "../edits/layout.ts";
import { MESH_RELATIONS, MESH_ROLES } from "../facts/mesh-wiring.ts";
import type { Completion } from "./proposal.ts";
import { proposal } from "./proposal.ts";

/** The guide's descriptions in our words. */
const ABOUT = {
  mesh: "Puts this charm on a service mesh and asks for the authorization policies that it needs.",
  "provide-cmr": "Tells this charm who the applications of other models are, so that the mesh can let them in.",
  "require-cmr": "Tells applications of other models who this charm is, so that their mesh can let it in.",
} as const;

/** Proposals inside charmcraft.yaml: interfaces, and the three mesh relations as blocks. */
export function yamlCompletions(charm: CharmModel, file: SourceFile, offset: number): readonly Completion[] {
  const line = file.text.slice(lineStartOf(file.text, offset), offset);
  const value = /^\s+interface:[ \t]+(["']?[\w-]*)$/.exec(line);
  if (value) {
    const written = value[1] ?? "";
    const start = offset - written.replace(/^["']/, "").length;
    return INTERFACES.map((each) =>
      proposal(
        { start, end: offset },
        { label: each.name, kind: "interface", documentation: each.about, rank: /mesh/.test(each.name) ? 0 : 1 },
      ),
    );
  }
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

/** The top-level key that a line of this indentation stands below, when it is a direct child. */
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
