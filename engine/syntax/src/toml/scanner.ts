import type { SyntaxProblem } from "../text/problem.ts";

/** Where a reader of TOML stands in its text. */
export interface Scanner {
  readonly text: string;
  readonly problems: SyntaxProblem[];
  at: number;
}

/** Skips blanks, and line ends and comments too when `lines` is set. */
export function skipBlank(s: Scanner, lines: boolean): void {
  for (;;) {
    const c = s.text[s.at];
    if (c === " " || c === "\t" || (lines && (c === "\n" || c === "\r"))) s.at++;
    else if (lines && c === "#") skipLine(s);
    else return;
  }
}

/** Moves to the next line's start. */
export function skipLine(s: Scanner): void {
  const end = s.text.indexOf("\n", s.at);
  s.at = end < 0 ? s.text.length : end + 1;
}

/** Moves behind `wanted` if it stands here. */
export function took(s: Scanner, wanted: string): boolean {
  if (!s.text.startsWith(wanted, s.at)) return false;
  s.at += wanted.length;
  return true;
}

/** Records a problem from `start` to where the scanner stands, at least one character wide. */
export function complain(s: Scanner, start: number, message: string): void {
  const end = Math.min(s.text.length, Math.max(s.at, start + 1));
  s.problems.push({ span: { start: Math.min(start, end), end }, message });
}

/** What stands at `at` and matches a sticky expression; the scanner moves behind it. */
export function match(s: Scanner, pattern: RegExp): string | null {
  pattern.lastIndex = s.at;
  const found = pattern.exec(s.text)?.[0];
  if (found === undefined) return null;
  s.at += found.length;
  return found;
}

/** Whether nothing but blanks stands before the scanner on its line. */
export function atLineStart(s: Scanner): boolean {
  const line = s.text.lastIndexOf("\n", s.at - 1) + 1;
  return s.text.slice(line, s.at).trim() === "";
}
