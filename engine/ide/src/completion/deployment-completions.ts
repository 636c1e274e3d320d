import type { SourceFile } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { lineStartOf } from "../edits/layout.ts";
import { RULES } from "../rules/registry.ts";
import { type Completion, proposal } from "./proposal.ts";
import { topLevelKey, wordAround } from "./yaml-completions.ts";

/**
 * Proposals in bundles and in mesh-topology.yaml: charms of the workspace behind `charm:`, applications of the file in relations, and
 * behind an application's colon the endpoints of its charm.
 */
export function deploymentCompletions(analysis: Analysis, file: SourceFile, offset: number): readonly Completion[] {
  const topology = analysis.topologies.find((each) => each.file === file);
  const line = file.text.slice(lineStartOf(file.text, offset), offset);
  const word = wordAround(file.text, offset);
  if (/\bcharm:[ \t]*["']?[\w-]*$/.test(line))
    return analysis.charms.flatMap(({ metadata: { name }, test }) =>
      name === null || test ? [] : [proposal(word, { label: name, kind: "value", detail: "charm of this workspace" })],
    );
  const end = /(?:[[,]|- )[ \t]{0,20}["']?(?:(?:[\w-]{1,63}\.)?([\w-]{1,63}):)?[\w-]{0,63}$/.exec(line);
  if (!end || !topology || !/^(?:relations|models|cross-model)$/.test(topLevelKey(file, offset) ?? "")) return [];
  const [, application] = end;
  if (application === undefined)
    return [...new Set(topology.applications.map(({ name }) => name))].map((name) =>
      proposal(word, { label: name, kind: "value", insert: `${name}:` }),
    );
  const charms = new Set(topology.applications.filter(({ name }) => name === application).map(({ charm }) => charm));
  return analysis.charms
    .filter(({ metadata }) => metadata.name !== null && charms.has(metadata.name))
    .flatMap(({ metadata }) => metadata.relations)
    .map(({ endpoint, side, interface: name }) =>
      proposal(word, { label: endpoint, kind: "relation", detail: `${side} ${name ?? ""}` }),
    );
}

/** Proposals in `.charm-mesh.yaml`: rules, and behind a rule the severities. */
export function settingsCompletions(file: SourceFile, offset: number): readonly Completion[] {
  const line = file.text.slice(lineStartOf(file.text, offset), offset);
  const word = wordAround(file.text, offset);
  if (/^[\w-]*$/.test(line)) return [proposal(word, { label: "rules", kind: "keyword", insert: "rules:" })];
  if (topLevelKey(file, offset) !== "rules") return [];
  if (/^[ \t]+[\w-]+:[ \t]+[\w-]*$/.test(line))
    return ["off", "hint", "information", "warning", "error"].map((label, rank) =>
      proposal(word, { label, kind: "value", rank }),
    );
  if (!/^[ \t]+[\w-]*$/.test(line)) return [];
  return RULES.map(({ name, summary }) =>
    proposal(word, { label: name, kind: "rule", documentation: summary, insert: `${name}: ` }),
  );
}
