/** Where names are broken: after hyphens, underscores, dots and blanks, but not before a count. */
export const IN_NAMES = /(?<=[-_. ])(?![×·])/;
/** Where labels are broken: at blanks, but not before a question mark or a count, and before the parts of a path. */
export const IN_LABELS = /(?<= )(?![?×])|(?=\/)/;

/** A text in lines of at most `limit`, as `width` measures them, broken at `places` only. A part that is longer by itself stays whole. */
export function wrapped(
  text: string,
  limit: number,
  places: RegExp,
  width: (line: string) => number,
): readonly string[] {
  const lines: string[] = [];
  for (const part of text.split(places)) {
    const last = lines.at(-1);
    if (last !== undefined && width((last + part).trimEnd()) <= limit) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}
