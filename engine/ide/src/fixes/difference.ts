import { diffArrays } from "diff";
import { edited, type FileEdit, type SourceFile, span, type TextEdit } from "#syntax";
import { editsOf } from "../edits/fix.ts";

/** With more changed lines than this on both sides together, the result is one replacement instead of many small ones. */
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

/** One edit for each run of lines that differ. */
function hunks(left: readonly string[], right: readonly string[], offset: number): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = offset;
  let end = offset;
  let newText = "";
  const finish = (): void => {
    if (end > at || newText !== "") edits.push({ span: span(at, end), newText });
    newText = "";
  };
  for (const { value, added, removed } of diffArrays([...left], [...right])) {
    const text = value.join("");
    if (removed) end += text.length;
    else if (added) newText += text;
    else {
      finish();
      end += text.length;
      at = end;
    }
  }
  finish();
  return edits;
}

function linesWithBreaks(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}
