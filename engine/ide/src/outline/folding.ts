import { lineStarts, parseYamlDocuments, type SourceFile, type YamlNode } from "#syntax";

/** Lines that can be folded away behind the first of them, counted from 0. */
export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: "block" | "comment";
}

/**
 * Every block of a YAML file: entries and items over several lines, texts, runs of comments. Null for other files, and for one that
 * can't be read in full: an editor's own folding by indentation is better than half of this server's.
 */
export function foldingRanges(file: SourceFile): readonly FoldingRange[] | null {
  if (!/\.ya?ml$/.test(file.path)) return null;
  const documents = parseYamlDocuments(file);
  if (documents.some(({ problems }) => problems.length > 0)) return null;
  const found = new Map<number, FoldingRange>();
  const add = (start: number, end: number, kind: FoldingRange["kind"]): void => {
    const before = found.get(start);
    if (end > start && (!before || before.endLine < end)) found.set(start, { startLine: start, endLine: end, kind });
  };
  const lines = lineNumbers(file);
  for (const { root } of documents)
    addBlocks(root, (start, end) => add(lines(start), lines(lastSign(file, end)), "block"));
  for (const [start, end] of commentRuns(file)) add(start, end, "comment");
  return [...found.values()].sort((a, b) => a.startLine - b.startLine);
}

function addBlocks(node: YamlNode | null, add: (start: number, end: number) => void): void {
  if (node?.kind === "map") {
    for (const { span, value } of node.entries) {
      add(span.start, span.end);
      addBlocks(value, add);
    }
  }
  if (node?.kind === "sequence") {
    for (const item of node.items) {
      if (!item) continue;
      add(item.span.start, item.span.end);
      addBlocks(item, add);
    }
  }
}

/** The offset of the last sign before an end that is no white space: a block's text may end lines below. */
function lastSign({ text }: SourceFile, end: number): number {
  let at = end - 1;
  while (at > 0 && /\s/.test(text[at] ?? "")) at--;
  return at;
}

function lineNumbers(file: SourceFile): (offset: number) => number {
  const starts = lineStarts(file);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}

/** The first and the last line of consecutive comments. */
function commentRuns({ text }: SourceFile): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [line, content] of text.split(/\r\n|\n|\r/).entries()) {
    if (!/^\s*#/.test(content)) continue;
    const last = runs.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs;
}
