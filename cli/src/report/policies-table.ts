import type { EffectivePolicies, Topology } from "#mesh";
import { POLICY_COLUMNS, policyRows } from "#picture";
import type { Paint } from "../terminal.ts";
import { placeText } from "./diagnostics-text.ts";
import { counted } from "./plural.ts";
import { tableText } from "./table.ts";

/** The effective policies for people: source, target, permitted traffic, and the line that causes each. */
export function policiesTable(topology: Topology, effective: EffectivePolicies, paint: Paint): readonly string[] {
  const rows = policyRows(effective);
  const head = paint("gray", topology.note ?? `topology: ${topology.file?.path ?? topology.source}`);
  const table = rows.length > 0 ? tableText(POLICY_COLUMNS, rows, (text) => paint("bold", text)) : [];
  const problems = [
    ...topology.problems.map(({ message, location }) => `${placeText(location)}: ${message}`),
    ...effective.problems.map(({ message, because }) => {
      const at = because.find((reason) => reason.location !== null)?.location;
      return at ? `${placeText(at)}: ${message}` : message;
    }),
  ].map((line) => paint("yellow", line));
  return [head, ...table, ...problems, `${counted(effective.policies.length, "policy", "policies")}.`];
}
