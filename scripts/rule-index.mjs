// docs/rules/README.md: what all rules have in common, and the list of them.

/**
 * The page. `groups` are the registry's groups of rules, `page` gives the text of a rule's own page, from which it is read
 * whether there is a fix.
 */
export function ruleIndex(groups, page) {
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

/** A fix that "fix all" takes, one that only a person chooses, or none. */
function fixMark(text) {
  const said = /^## Fix\n\n([\s\S]*?)\n\n## /m.exec(text)?.[1] ?? "";
  if (said.startsWith("There is no automatic fix")) return "";
  return said.includes("“Fix all”") ? "by hand" : "yes";
}

const HEAD = `# Rules

<!-- Written by npm run generate from the registry of rules and their pages. -->

Every finding has a code, which is the name of its rule and of a page here. Each page says what the rule does, why that
matters, with an example and its correction, and what the knowledge rests on; the examples are run as tests.

- **error**: it raises when the charm runs, or the mesh will certainly deny or drop what was asked for
- **warning**: it very probably denies traffic, or opens more than was meant
- **information**: worth knowing; nothing breaks
- **hint**: a nudge

What can't be read from the source is never called wrong: it makes at most a hint that says what could not be read, and why.
Findings in test charms (below \`tests/\`) say so and are at most warnings.

## Suppressing a finding

\`\`\`python
UnitPolicy(relation="debug", ports=[]),  # charm-mesh: ignore[unrestricted-policy] the debug port moves
\`\`\`

A comment in YAML or Python suppresses findings of the named rules on its line; alone on a line it speaks of the next one.
Several codes stand in one pair of brackets, divided by commas. A reason may follow. \`# charm-mesh: ignore-file[missing-policy]\`
speaks of the whole file. A comment that names no rule suppresses nothing, and is told as such.

## Severities

Every rule takes \`off\`, \`hint\`, \`information\`, \`warning\` or \`error\`. In VS Code the setting is \`charmMesh.rules\`, as in
\`"charmMesh.rules": { "missing-policy": "off" }\`, on the command line \`--rule missing-policy=off\`, and for everybody the project
file \`.charm-mesh.yaml\`, which counts for the folder that it stands in:

\`\`\`yaml
rules:
  missing-policy: warning
  late-consumer: off
\`\`\`

Editor and command line go before project files, and the nearest project file goes before one further up.

## Baseline

\`charm-mesh check --write-baseline charm-mesh-baseline.json\` writes today's findings to a file; with
\`--baseline charm-mesh-baseline.json\` only new ones are reported. A finding is known again by its code, its file and the text of
its line.
`;
