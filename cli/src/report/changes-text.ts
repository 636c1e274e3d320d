import type { Consequence } from "#mesh";
import { changeCountText, changeSentence } from "#picture";
import type { State } from "../state.ts";
import type { Paint, Style } from "../terminal.ts";
import { placeText } from "./diagnostics-text.ts";
import { counted } from "./plural.ts";

const STYLE: Readonly<Record<Consequence["kind"], Style>> = {
  opened: "red",
  widened: "red",
  closed: "yellow",
  narrowed: "yellow",
  changed: "gray",
};

/** The difference for people: what opens first, each flow with its consequence, what it gained and lost, and the line it comes from. */
export function changesText(
  changes: readonly Consequence[],
  before: State,
  after: State,
  paint: Paint,
): readonly string[] {
  const head = paint("gray", `${before.label} → ${after.label}`);
  if (changes.length === 0) return [head, paint("green", NOTHING)];
  const parts = changes.flatMap((change) => {
    const place = change.because.find((reason) => reason.location !== null)?.location;
    const [verb, sentence] = sentenceOf(change, before, after);
    return [
      `${paint([STYLE[change.kind], "bold"], verb)} ${sentence}`,
      ...change.gained.map((grant) => paint("green", `  + ${grant}`)),
      ...change.lost.map((grant) => paint("red", `  - ${grant}`)),
      ...(place ? [paint("gray", `  ${placeText(place)}${change.side === "before" ? " (before)" : ""}`)] : []),
    ];
  });
  return [head, ...parts, "", changesSummary(changes)];
}

/** What is said where nothing differs. */
export const NOTHING = "No flow is opened or closed.";

/** `2 flows differ: 1 opened, 1 closed.` */
export function changesSummary(changes: readonly Consequence[]): string {
  return `${counted(changes.length, "flow")} ${changes.length === 1 ? "differs" : "differ"}: ${changeCountText(changes)}.`;
}

/** A consequence as a verb and a sentence. A placeholder of an inferred deployment does not count as an application. */
export function sentenceOf(
  change: Consequence,
  before: State,
  after: State,
): readonly [verb: string, sentence: string] {
  const { model, application } = change.key.source;
  const found = [after, before].flatMap(({ topology }) =>
    topology.applications.filter((one) => one.model === model && one.name === application),
  )[0];
  return changeSentence(change, found?.kind === "placeholder");
}

/** The source, the target, and the address that connects them. */
export function flowWords(change: Consequence): string {
  return `${change.source} → ${change.target} (${change.via})`;
}
