import type { EffectivePolicies, Topology } from "#mesh";
import { alignedLines, POLICY_COLUMNS, policyRows, SHORT_POLICY_COLUMNS, shortPolicyRows } from "#picture";
import type { Paint } from "../terminal.ts";
import { placeText } from "./diagnostics-text.ts";
import { counted } from "./plural.ts";
import { tableText } from "./table.ts";

/**
 * The effective policies for people: source, target, permitted traffic, and the line that causes each. Where that is wider than `columns`
 * (null: no limit), origin and line are left out, and the model where there is only one.
 */
export function policiesTable(
  topology: Topology,
  effective: EffectivePolicies,
  paint: Paint,
  columns: number | null,
): readonly string[] {
  const rows = policyRows(effective);
  const head = paint("gray", topology.note ?? `topology: ${topology.file?.path ?? topology.source}`);
  const bold = (text: string): string => paint("bold", text);
  const isNarrow = columns !== null && alignedLines([POLICY_COLUMNS, ...rows]).some((line) => line.length > columns);
  const table =
    rows.length === 0
      ? []
      : isNarrow
        ? tableText(SHORT_POLICY_COLUMNS, shortPolicyRows(effective), bold)
        : tableText(POLICY_COLUMNS, rows, bold);
  const problems = [
    ...topology.problems.map(({ message, location }) => `${placeText(location)}: ${message}`),
    ...effective.problems.map(({ message, because }) => {
      const at = because.find((reason) => reason.location !== null)?.location;
      return at ? `${placeText(at)}: ${message}` : message;
    }),
  ].map((line) => paint("yellow", line));
  return [head, ...table, ...problems, `${counted(effective.policies.length, "policy", "policies")}.`];
}
