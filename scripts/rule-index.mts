// docs/rules/README.md: what all rules have in common, and the list of them.

import type { RULES } from "#ide";

/** What the page and the settings show of a rule. */
export type ShownRule = Pick<(typeof RULES)[number], "name" | "summary" | "severities">;

/** The rules below one heading. */
interface RuleGroup {
  readonly title: string;
  readonly rules: readonly ShownRule[];
}

/**
 * Returns the text of the index page. `groups` are the registry's groups of rules. `page` returns the text of a rule's own page,
 * whose section "Fix" shows whether the rule has a fix.
 */
export function ruleIndex(groups: readonly RuleGroup[], page: (name: string) => string): string {
  const tables = groups.map(
    ({ title, rules }) =>
      `## ${title}\n\n| rule | severity | what it reports | fix |\n|---|---|---|---|\n${rules
        .map(
          (rule) =>
            `| [${rule.name}](${rule.name}.md) | ${rule.severities.join(", ")} | ${rule.summary} | ${fixMark(page(rule.name))} |`,
        )
        .join("\n")}\n`,
  );
  return `${HEAD}\n${tables.join("\n")}`;
}

/** "yes" for a fix that "Fix all" applies, "by hand" for a fix that the author must choose, "" for no fix. */
function fixMark(text: string): string {
  const said = /^## Fix\n\n([\s\S]*?)\n\n## /m.exec(text)?.[1] ?? "";
  if (said.startsWith("There is no automatic fix")) return "";
  return said.includes("“Fix all”") ? "by hand" : "yes";
}

const HEAD = `# Rules

<!-- Written by npm run generate from the registry of rules and their pages. -->

Every finding has a code: the name of its rule and of the rule's page here. Each page explains what the rule does and why it
matters, shows an example and its correction, and lists its sources. The tests run the examples.

- **error**: the charm raises an error when it runs, or the mesh will certainly deny or drop what the charm requests
- **warning**: the code very probably denies traffic, or opens more than the author intends
- **information**: worth knowing; nothing breaks
- **hint**: a suggestion

Charm Mesh never reports code as wrong because it can't read it: it gives at most a hint that explains what it could not read,
and why. Findings in test charms (below \`tests/\`) say that they are in a test charm and are at most warnings.

## Suppressing a finding

\`\`\`python
UnitPolicy(relation="debug", ports=[]),  # charm-mesh: ignore[unrestricted-policy] the debug port moves
\`\`\`

A comment in YAML or Python suppresses findings of the named rules on its line. A comment alone on a line applies to the next
line. Separate several codes with commas inside one pair of brackets. A reason may follow.
\`# charm-mesh: ignore-file[missing-policy]\` applies to the whole file. A comment that names no rule suppresses nothing, and
[unused-suppression](unused-suppression.md) reports it.

## Severities

You can set every rule to \`off\`, \`hint\`, \`information\`, \`warning\` or \`error\`. In VS Code, use the setting \`charmMesh.rules\`, as
in \`"charmMesh.rules": { "missing-policy": "off" }\`. On the command line, use \`--rule missing-policy=off\`. To share the severities
with all users of a project, use the project file \`.charm-mesh.yaml\`, which applies to its folder:

\`\`\`yaml
rules:
  missing-policy: warning
  late-consumer: off
\`\`\`

The editor and the command line override project files, and the nearest project file overrides those in parent folders.

## Baseline

\`charm-mesh check --write-baseline charm-mesh-baseline.json\` writes the current findings to a file. With
\`--baseline charm-mesh-baseline.json\`, \`check\` reports only new findings. It identifies a finding by its code, its file and the
text of its line.
`;
