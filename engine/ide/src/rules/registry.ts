import type { Rule } from "./rule.ts";

/** Every rule, by name. A new rule is one line here. */
export const RULES: readonly Rule[] = [];

const byName: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.name, rule]));

/** The rule of that name; null for a name that no rule has. */
export function ruleNamed(name: string): Rule | null {
  return byName.get(name) ?? null;
}

/** Where a rule is documented: its page in the project's repository. */
export function ruleDocumentation(name: string): string {
  return `https://github.com/charm-mesh/charm-mesh/blob/main/docs/rules/${name}.md`;
}
