import type { Consequence, ConsequenceKind } from "#mesh";
import type { GraphView } from "#protocol";

/** Risks first, as a reviewer reads them. */
const KINDS: readonly ConsequenceKind[] = ["opened", "widened", "closed", "narrowed", "changed"];

/** How many flows of each kind there are. */
export function changeCounts(changes: readonly Consequence[]): NonNullable<GraphView["changes"]> {
  const count = (wanted: ConsequenceKind): number => changes.filter(({ kind }) => kind === wanted).length;
  return {
    opened: count("opened"),
    closed: count("closed"),
    widened: count("widened"),
    narrowed: count("narrowed"),
    changed: count("changed"),
  };
}

/** `1 opened, 2 closed`; kinds without a flow are left out. */
export function changeCountText(changes: readonly Consequence[]): string {
  const counts = changeCounts(changes);
  return KINDS.filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`)
    .join(", ");
}

const VERBS: Readonly<Record<ConsequenceKind, string>> = {
  opened: "Opens",
  widened: "Widens",
  closed: "Closes",
  narrowed: "Narrows",
  changed: "Changes policies",
};

/** More than this of what is gained or lost is counted. */
const LISTED = 4;

/** A consequence as a verb and a sentence: `Closes` and `grafana (cos) can no longer reach the Service tempo (cos): port 3200.` */
export function changeSentence(change: Consequence, isPlaceholder: boolean): readonly [verb: string, sentence: string] {
  const source = sourceText(change, isPlaceholder);
  const target = targetText(change);
  const [gained, lost] = [listed(change.gained), listed(change.lost)];
  switch (change.kind) {
    case "opened":
      return [VERBS.opened, `${source} can now reach ${target}: ${gained}.`];
    case "widened": {
      const less = lost === "" ? "" : ` It can no longer reach ${lost}.`;
      return [VERBS.widened, `${source} can reach more of ${target}: ${gained}.${less}`];
    }
    case "closed":
      return [VERBS.closed, `${source} can no longer reach ${target}: ${lost}.`];
    case "narrowed":
      return [VERBS.narrowed, `${source} can reach less of ${target}: ${lost} is denied now.`];
    case "changed":
      return [VERBS.changed, `for ${source} to ${target}; no verdict that is known differs.`];
  }
}

function sourceText({ key: { source, via }, relation }: Consequence, isPlaceholder: boolean): string {
  if (source.application === "*") return via === "unit" ? "Every caller" : "Every caller on the mesh";
  if (isPlaceholder && relation !== null) return `Any application related over “${relation}”`;
  return `${source.application} (${source.model})`;
}

function targetText({ key: { target, via, service } }: Consequence): string {
  const name = service ?? target.application;
  return via === "service" ? `the Service ${name} (${target.model})` : `the pods of ${name} (${target.model})`;
}

function listed(words: readonly string[]): string {
  const shown = words.slice(0, LISTED).map((one) => (one === "everything" ? "every port and path" : one));
  const more = words.length - shown.length;
  return more > 0 ? `${shown.join("; ")}; and ${more} more` : shown.join("; ");
}
