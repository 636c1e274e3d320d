import type { SyntaxProblem } from "../text/problem.ts";

/** The position of a TOML reader in its text. */
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

/** Moves behind `wanted` if the text continues with it. */
export function took(s: Scanner, wanted: string): boolean {
  if (!s.text.startsWith(wanted, s.at)) return false;
  s.at += wanted.length;
  return true;
}

/** Records a problem from `start` to the scanner's position, at least one character wide. */
export function complain(s: Scanner, start: number, message: string): void {
  const end = Math.min(s.text.length, Math.max(s.at, start + 1));
  s.problems.push({ span: { start: Math.min(start, end), end }, message });
}

/** The text at `at` that matches a sticky expression; the scanner moves behind it. */
export function match(s: Scanner, pattern: RegExp): string | null {
  pattern.lastIndex = s.at;
  const found = pattern.exec(s.text)?.[0];
  if (found === undefined) return null;
  s.at += found.length;
  return found;
}

/** Whether only blanks precede the scanner on its line. */
export function atLineStart(s: Scanner): boolean {
  const line = s.text.lastIndexOf("\n", s.at - 1) + 1;
  return s.text.slice(line, s.at).trim() === "";
}
