export interface ShownRuleGroup {
  readonly title: string;
  readonly rules: readonly {
    readonly name: string;
    readonly summary: string;
    readonly severities: readonly string[];
  }[];
}
export function ruleIndex(groups: readonly ShownRuleGroup[], page: (name: string) => string): string;
