import { alignedLines } from "#picture";

/** A plain table for terminals: columns padded to their widest cell, the last one as it is. Cells hold no line breaks. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  paintHead: (text: string) => string,
): readonly string[] {
  const [first = "", ...rest] = alignedLines([head, ...rows]);
  return [paintHead(first), ...rest];
}
