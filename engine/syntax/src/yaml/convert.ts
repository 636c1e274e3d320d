import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLParseError,
  type YAMLSeq,
} from "yaml";
import type { SyntaxProblem } from "../text/problem.ts";
import type { Span } from "../text/span.ts";
import type { YamlDocument, YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSequence } from "./node.ts";
import { sentenceFor } from "./sentence.ts";

interface Conversion {
  /** The file's text, and from an offset of the text that was composed to the offset in it. */
  readonly text: string;
  readonly at: (offset: number) => number;
  /** The node of each anchor so far; null while that node is being read, because it would contain itself. */
  readonly anchors: Map<string, YamlNode | null>;
  readonly problems: SyntaxProblem[];
}

/** One composed document as this project's nodes; `at` maps the offsets of the composed text to those of the file. */
export function documentOf(text: string, document: Document.Parsed, at: (offset: number) => number): YamlDocument {
  // A broken file repeats the same problem a thousand times.
  const sentences = new Map<string, string>();
  const sentenceOf = (error: YAMLParseError) => {
    const key = `${error.code} ${error.message}`;
    const sentence = sentences.get(key) ?? sentenceFor(error);
    sentences.set(key, sentence);
    return sentence;
  };
  const problems = document.errors.map((error) => {
    const [start, end] = error.pos.map((offset) => Math.min(at(offset), text.length));
    return { span: { start: start ?? 0, end: Math.max(start ?? 0, end ?? 0) }, message: sentenceOf(error) };
  });
  const conversion: Conversion = { text, at, anchors: new Map(), problems };
  const root = document.contents ? nodeOf(conversion, document.contents) : null;
  return { root, problems: problems.sort((a, b) => a.span.start - b.span.start) };
}

function nodeOf(c: Conversion, node: Node): YamlNode | null {
  if (isAlias(node)) return aliasOf(c, node.source, rangeOf(c, node));
  const anchor = "anchor" in node ? node.anchor : undefined;
  if (anchor) c.anchors.set(anchor, null);
  const found = isMap(node)
    ? mapOf(c, node)
    : isSeq(node)
      ? sequenceOf(c, node)
      : isScalar(node)
        ? writtenOf(c, node)
        : null;
  if (anchor && found) c.anchors.set(anchor, found);
  return found;
}

function aliasOf(c: Conversion, name: string, span: Span): YamlNode {
  const target = c.anchors.get(name);
  if (target === undefined) c.problems.push({ span, message: `There is no anchor \`&${name}\` before this alias.` });
  if (target === null) c.problems.push({ span, message: `The alias \`*${name}\` stands inside its own anchor.` });
  return { kind: "alias", span, name, target: target ?? null };
}

function rangeOf(c: Conversion, node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start: Math.min(c.at(start), c.text.length), end: Math.min(c.at(end), c.text.length) };
}

/** Null where nothing is written at all. */
function writtenOf(c: Conversion, node: Scalar): YamlScalar | null {
  const scalar = scalarOf(c, node);
  return scalar.span.start === scalar.span.end && scalar.value === null && !node.anchor && !node.tag ? null : scalar;
}

function scalarOf(c: Conversion, node: Scalar): YamlScalar {
  const range = rangeOf(c, node);
  const written = c.text.slice(range.start, range.end);
  const source = node.type?.startsWith("BLOCK") ? written.trimEnd() : written;
  const { value } = node;
  const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null;
  return {
    kind: "scalar",
    span: { start: range.start, end: range.start + source.length },
    value: plain ? value : source,
    source,
    style: styleOf(node),
  };
}

function styleOf(node: Scalar): YamlScalar["style"] {
  if (node.type === "QUOTE_SINGLE") return "single";
  if (node.type === "QUOTE_DOUBLE") return "double";
  return node.type?.startsWith("BLOCK") ? "block" : "plain";
}

/** A block collection ends where its last item ends; the package counts the lines behind it in. */
function spanOf(c: Conversion, node: YAMLMap | YAMLSeq, inside: readonly (Span | undefined)[]): Span {
  const range = rangeOf(c, node);
  if (node.flow) return range;
  const start = Math.min(range.start, inside[0]?.start ?? range.start);
  return { start, end: inside.at(-1)?.end ?? start };
}

function mapOf(c: Conversion, node: YAMLMap): YamlMap {
  const entries = node.items.map((pair) => entryOf(c, pair as Pair<Node | null, Node | null>));
  const seen = new Map<unknown, YamlEntry>();
  for (const entry of entries) {
    // charmcraft looks for double keys before it merges, so `<<` may not come twice either; one `<<` can take a list.
    const known = seen.get(entry.key.value);
    if (known) c.problems.push({ span: entry.key.span, message: `The key \`${entry.key.source}\` is set twice.` });
    seen.set(entry.key.value, entry);
  }
  return {
    kind: "map",
    span: spanOf(
      c,
      node,
      entries.map((entry) => entry.span),
    ),
    flow: node.flow === true,
    entries,
  };
}

function entryOf(c: Conversion, pair: Pair<Node | null, Node | null>): YamlEntry {
  const key = keyOf(c, pair.key);
  const value = pair.value ? nodeOf(c, pair.value) : null;
  const colon = c.text.indexOf(":", key.span.end);
  const end =
    value?.span.end ?? (colon >= 0 && /^\s*$/.test(c.text.slice(key.span.end, colon)) ? colon + 1 : key.span.end);
  return { key, value, span: { start: key.span.start, end: Math.max(key.span.end, end) } };
}

/** A key that is a collection becomes its own source text. */
function keyOf(c: Conversion, node: Node | null): YamlScalar {
  if (node && isScalar(node)) return scalarOf(c, node);
  const span = node ? rangeOf(c, node) : { start: 0, end: 0 };
  const source = c.text.slice(span.start, span.end);
  return { kind: "scalar", span, value: node ? source : null, source, style: "plain" };
}

function sequenceOf(c: Conversion, node: YAMLSeq): YamlSequence {
  const items = node.items.map((item) => {
    if (item && typeof item === "object" && "key" in item) {
      const entry = entryOf(c, item as Pair<Node | null, Node | null>);
      return { kind: "map", span: entry.span, flow: true, entries: [entry] } satisfies YamlMap;
    }
    return item ? nodeOf(c, item as Node) : null;
  });
  const written = items.filter((item) => item !== null).map((item) => item.span);
  return { kind: "sequence", span: spanOf(c, node, written), flow: node.flow === true, items };
}
