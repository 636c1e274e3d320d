import type { PolicyChange } from "#mesh";
import type { State } from "../state.ts";
import type { Paint, Style } from "../terminal.ts";
import { placeText } from "./diagnostics-text.ts";
import { counted } from "./plural.ts";

const STYLE: Readonly<Record<PolicyChange["kind"], Style>> = {
  widened: "red",
  added: "yellow",
  changed: "yellow",
  narrowed: "green",
  removed: "green",
};

/** The difference for people: widened flows first, each with what it gained and lost and the line it comes from. */
export function changesText(changes: readonly PolicyChange[], before: State, after: State, paint: Paint): string {
  const head = paint("gray", `${before.label} → ${after.label}\n`);
  if (changes.length === 0) return `${head}${paint("green", "No flow is opened or closed.")}\n`;
  const parts = changes.map((change) => {
    const place = change.because.find((reason) => reason.location !== null)?.location;
    const lines = [
      `${paint([STYLE[change.kind], "bold"], change.kind)} ${flowWords(change)}${place ? paint("gray", ` ${placeText(place)}`) : ""}`,
      ...change.gained.map((grant) => paint("green", `  + ${grant}`)),
      ...change.lost.map((grant) => paint("red", `  - ${grant}`)),
    ];
    return `${lines.join("\n")}\n`;
  });
  return `${head}${parts.join("")}\n${counted(changes.length, "flow")} ${changes.length === 1 ? "differs" : "differ"}: ${kindsText(changes)}.\n`;
}

/** Who reaches whom, and by which address. */
export function flowWords(change: PolicyChange): string {
  return `${change.source} → ${change.target} (${change.via})`;
}

/** `2 widened, 1 added`, in the order of the list. */
export function kindsText(changes: readonly PolicyChange[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
}
