import type { Fact } from "#python";
import type { Location, Span } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { answered, type ByKind } from "../cursor/target.ts";
import { targetsIn } from "../cursor/target-at.ts";
import { factWords, paragraphs, portWords, reasonList } from "../hover/markdown.ts";

/** A few characters behind a place with its result; the tooltip explains the reasons. */
export interface InlayHint {
  readonly file: Location["file"];
  readonly offset: number;
  /** The label in pieces, each with the place that its value comes from, or null. */
  readonly parts: readonly { readonly text: string; readonly source: Location | null }[];
  readonly tooltip: string;
}

type Ports = Fact<readonly number[] | number | null>;

const NONE = (): null => null;

/** What an expression comes to in ports; null for what is no port. */
const PORTS: ByKind<[], Ports | null> = {
  ports: ({ endpoint, policy }) => endpoint?.ports ?? policy.ports,
  "proxy-port": ({ scheme, proxy }) => (scheme === "http" ? proxy.httpPort : proxy.httpsPort),
  relation: NONE,
  interface: NONE,
  "relation-use": NONE,
  "endpoint-key": NONE,
  policy: NONE,
  method: NONE,
  coordinator: NONE,
  worker: NONE,
  consumer: NONE,
  "charm-lib": NONE,
  "deployed-endpoint": NONE,
};

/** Resolved ports behind port expressions that are no plain numbers, inside a part of a file. */
export function inlayHints(analysis: Analysis, path: string, within: Span): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const target of targetsIn(analysis, path)) {
    const { file, span } = target.location;
    if (span.end < within.start || span.start > within.end) continue;
    const ports = answered(PORTS, target);
    if (ports) add(hints, file, span, ports);
  }
  return hints;
}

function add(hints: InlayHint[], file: Location["file"], span: Span, fact: Ports): void {
  if (/^\[?[\d\s,]*\]?$/.test(file.text.slice(span.start, span.end))) return;
  const label = shortPorts(fact);
  if (label === null) return;
  const parts = label.split(/(\d+)/).flatMap((text) => (text === "" ? [] : [{ text, source: sourceOf(text, fact) }]));
  const words = factWords(fact, (value) => (typeof value === "number" ? String(value) : portWords(value)));
  hints.push({ file, offset: span.end, parts, tooltip: paragraphs(words, reasonList(fact.because)) });
}

/** The place of a number of the label in the sources: the last of its reasons that holds it. */
function sourceOf(text: string, { because }: Ports): Location | null {
  if (!/^\d+$/.test(text)) return null;
  const places = because.flatMap(({ location }) => location ?? []);
  const holds = ({ file, span }: Location): boolean =>
    [...file.text.slice(span.start, span.end).matchAll(/(?<![\w.])\d{1,9}(?![\w.])/g)].some(
      ([found]) => found === text,
    );
  return places.findLast(holds) ?? null;
}

function shortPorts(fact: Ports): string | null {
  const list = (value: readonly number[] | number | null): string =>
    typeof value === "number" ? String(value) : value === null ? "every port" : value.join(", ") || "every port";
  switch (fact.kind) {
    case "known":
      return list(fact.value);
    case "oneOf":
      return fact.options.map(list).join(" or ");
    case "subsetOf":
      return `some of ${list(fact.possible)}`;
    default:
      return null;
  }
}
