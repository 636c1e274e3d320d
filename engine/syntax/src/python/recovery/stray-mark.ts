/**
 * The offset of the one character in `from … import …` that no such statement can hold, as when a bracket or quote was typed
 * into a name; null where there is none, or more than one.
 */
export function strayMark(text: string): number | null {
  const word = text.search(/\bimport\b/);
  if (word < 0 || !/^from[ \t]/.test(text) || /[\r\n]/.test(text.slice(0, word))) return null;
  const start = word + "import".length;
  const names = text.slice(start).replace(/#[^\r\n]*/g, (comment) => " ".repeat(comment.length));
  const strays = [
    ...marks(text.slice(0, start), 0, /[^\w.\s]/g),
    ...marks(withoutParentheses(names), start, /[^\w,*\s]/g),
  ];
  const [only, another] = strays;
  return only !== undefined && another === undefined ? only : null;
}

function marks(text: string, from: number, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].slice(0, 2).map((found) => from + found.index);
}

/** The names with the parentheses around them blanked. */
function withoutParentheses(names: string): string {
  const open = names.search(/\S/);
  const close = names.trimEnd().length - 1;
  if (names[open] !== "(" || names[close] !== ")" || close <= open) return names;
  return `${names.slice(0, open)} ${names.slice(open + 1, close)} ${names.slice(close + 1)}`;
}
