import type { CharmFiles } from "#charm";
import {
  type Location,
  lineStarts,
  memo,
  parsePython,
  parseYaml,
  positionAt,
  type SourceFile,
  type Span,
  span,
  type YamlNode,
} from "#syntax";
import type { Suppression } from "../facts/directives.ts";

/** `# charm-mesh: ignore[code, code] reason` and `# charm-mesh: ignore-file[code]`, and these without codes or an end of the brackets. */
const DIRECTIVE = /#[ \t]*charm-mesh:[ \t]*(ignore-file|ignore)(?![\w-])(?:[ \t]*\[([^[\]\r\n]*)(\]?))?/g;

const NONE: readonly Suppression[] = [];

/**
 * The suppression comments of a charm's own YAML and Python, by path; files without any are not in it. Cached by the files
 * object, and for each file by itself, so that an edit looks at one file only.
 */
export const suppressionsIn = memo((charm: CharmFiles): ReadonlyMap<string, readonly Suppression[]> => {
  const found = new Map<string, readonly Suppression[]>();
  for (const [path, file] of charm.files) {
    if (path.startsWith("lib/") || !/\.(?:py|ya?ml)$/.test(path)) continue;
    const inFile = suppressionsOf(file);
    if (inFile.length > 0) found.set(file.path, inFile);
  }
  return found;
});

/**
 * The suppression comments of a YAML or Python file. A comment alone on its line applies to the next line that is neither
 * empty nor a comment, one behind code of its own line, `ignore-file` of the whole file. Text that only looks like a comment (inside a
 * string) is none.
 */
export const suppressionsOf = memo((file: SourceFile): readonly Suppression[] => {
  if (!file.text.includes("charm-mesh:")) return NONE;
  const found: Suppression[] = [];
  const isComment = commentTest(file);
  const targets = targetLines(file);
  for (const match of file.text.matchAll(DIRECTIVE)) {
    if (!isComment(match.index)) continue;
    const end = lineEnd(file, match.index);
    const comment: Location = { file, span: span(match.index, end) };
    const line = match[1] === "ignore-file" ? null : targets(match.index);
    const [directive, , list = "", closing = ""] = match;
    const codes = closing === "" ? [] : [...codesOf(list, match.index + directive.indexOf("[") + 1)];
    const whole = span(match.index, match.index + directive.length);
    if (codes.length === 0) found.push({ code: null, location: { file, span: whole }, comment, line, siblings: 0 });
    for (const { code, start } of codes)
      found.push({
        code,
        location: { file, span: span(start, start + code.length) },
        comment,
        line,
        siblings: codes.length,
      });
  }
  return found;
});

function* codesOf(list: string, offset: number): Iterable<{ code: string; start: number }> {
  for (const match of list.matchAll(/[^\s,]+/g)) yield { code: match[0], start: offset + match.index };
}

function commentTest(file: SourceFile): (offset: number) => boolean {
  if (file.path.endsWith(".py")) {
    const { comments } = parsePython(file);
    return within(comments.map((each) => each.span));
  }
  const scalars: { start: number; end: number }[] = [];
  const visit = (node: YamlNode | null): void => {
    if (node?.kind === "scalar") scalars.push(node.span);
    else if (node?.kind === "sequence") node.items.forEach(visit);
    else if (node?.kind === "map") for (const entry of node.entries) visit(entry.value);
  };
  visit(parseYaml(file).root);
  const inScalar = within(scalars);
  return (offset) => !inScalar(offset);
}

/** Whether an offset is in one of some spans that do not overlap: sorted once, each query is a binary search. */
function within(spans: readonly Span[]): (offset: number) => boolean {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  return (offset) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return offset < (sorted[low - 1]?.end ?? 0);
  };
}

/** Maps the offset of a comment to its target line: its own when code precedes it, else the next with content. */
function targetLines(file: SourceFile): (offset: number) => number {
  const starts = lineStarts(file);
  /** The next line with content for each line; consecutive comments share it, so one pass from the end computes it. */
  const following = new Array<number>(starts.length);
  let next = -1;
  for (let line = starts.length - 1; line >= 0; line--) {
    following[line] = next;
    const text = file.text.slice(starts[line], starts[line + 1]).trim();
    if (text !== "" && !text.startsWith("#")) next = line;
  }
  return (offset) => {
    const { line } = positionAt(file, offset);
    if (file.text.slice(starts[line], offset).trim() !== "") return line;
    const found = following[line] ?? -1;
    return found < 0 ? line : found;
  };
}

function lineEnd(file: SourceFile, offset: number): number {
  const starts = lineStarts(file);
  let end = starts[positionAt(file, offset).line + 1] ?? file.text.length;
  while (end > offset && "\r\n".includes(file.text.charAt(end - 1))) end--;
  return end;
}
