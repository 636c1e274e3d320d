import { edited, type FileEdit, type SourceFile, span, type TextEdit } from "#syntax";
import { editsOf } from "../edits/fix.ts";

/** Beyond this many changed lines on both sides together one replacement is made instead of many small ones. */
const LIMIT = 2000;

/** Edits that turn one text into another, line by line, so that untouched lines stay untouched. */
export function differenceEdits(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const left = linesWithBreaks(before);
  const right = linesWithBreaks(after);
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head++;
  let tail = 0;
  while (
    tail < left.length - head &&
    tail < right.length - head &&
    left[left.length - 1 - tail] === right[right.length - 1 - tail]
  )
    tail++;
  const start = left.slice(0, head).join("").length;
  const oldLines = left.slice(head, left.length - tail);
  const newLines = right.slice(head, right.length - tail);
  if (oldLines.length + newLines.length > LIMIT || oldLines.length === 0 || newLines.length === 0)
    return [{ span: span(start, start + oldLines.join("").length), newText: newLines.join("") }];
  return hunks(oldLines, newLines, start);
}

/**
 * One file after several steps, each of which sees the text that the one before left: for fixes that insert twice at one
 * place. The result is edits of the first text.
 */
export function editsThrough(
  file: SourceFile,
  steps: readonly ((file: SourceFile) => readonly TextEdit[])[],
): FileEdit {
  let current = file;
  for (const step of steps) {
    const edits = step(current);
    if (edits.length > 0) current = edited(current, edits);
  }
  return editsOf(file, differenceEdits(file.text, current.text));
}

/** By the longest common subsequence of lines. */
function hunks(left: readonly string[], right: readonly string[], offset: number): TextEdit[] {
  const width = right.length + 1;
  const longest = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      longest[i * width + j] =
        left[i] === right[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
  const edits: TextEdit[] = [];
  let [i, j, at] = [0, 0, offset];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      at += (left[i] ?? "").length;
      i++;
      j++;
      continue;
    }
    const start = at;
    let newText = "";
    while ((i < left.length || j < right.length) && !(i < left.length && j < right.length && left[i] === right[j])) {
      const dropping =
        i < left.length &&
        (j >= right.length || (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0));
      if (dropping) at += (left[i++] ?? "").length;
      else newText += right[j++] ?? "";
    }
    edits.push({ span: span(start, at), newText });
  }
  return edits;
}

function linesWithBreaks(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}
