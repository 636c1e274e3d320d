/** A replacement in the file's text: the parser sees `newText` in place of the text between `start` and `end`. */
export interface Patch {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export interface PatchedText {
  readonly text: string;
  /** From an offset of the patched text to the offset in the file. */
  readonly at: (offset: number) => number;
}

/**
 * The file's text from `start` to `end` with the patches that lie in it, between a prefix and a suffix that are not the file's.
 * Patches must be in order and must not overlap.
 */
export function patchedText(
  file: string,
  start: number,
  end: number,
  patches: readonly Patch[],
  prefix = "",
  suffix = "",
): PatchedText {
  if (patches.length === 0 && suffix === "") {
    const shift = start - prefix.length;
    const at = (offset: number) => Math.max(start, offset + shift);
    return { text: prefix + file.slice(start, end), at };
  }
  // Parallel: from `starts[i]` on, the patched text matches the file from `origins[i]` on, or belongs to a patch.
  const starts: number[] = [0];
  const origins: number[] = [start];
  const limits: number[] = [start];
  let text = prefix;
  let from = start;
  const copy = (to: number) => {
    starts.push(text.length);
    origins.push(from);
    limits.push(to);
    text += file.slice(from, to);
  };
  for (const patch of patches) {
    if (patch.start < from || patch.end > end) continue;
    copy(patch.start);
    starts.push(text.length);
    origins.push(patch.start);
    limits.push(patch.end);
    text += patch.newText;
    from = patch.end;
  }
  copy(end);
  starts.push(text.length);
  origins.push(end);
  limits.push(end);
  text += suffix;
  const at = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const origin = origins[low] ?? start;
    return Math.min(limits[low] ?? end, origin + offset - (starts[low] ?? 0));
  };
  return { text, at };
}
