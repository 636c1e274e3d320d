/** A text as one line that shows what it is: without control characters, line breaks, and characters that are invisible or turn the direction of writing. */
export function shownLine(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cf}\p{Cs}]/gu, "")
    .trim();
}
