/**
 * Characters that a reader does not see and that a terminal, a log or a page may obey: the C0 and C1 controls, the line and paragraph
 * separators, and the controls of bidirectional text (Unicode 17, chapters 23.1 and 23.2; CVE-2021-42574 for the last).
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text from outside as one line that can be shown anywhere: what is unseen becomes an escape, such as `\n`, `\x1b` or `\u202e`. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, escapeOf);
}

/** The same for a text of several lines: line feeds and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(UNSEEN, (one) => (one === "\n" || one === "\t" ? one : escapeOf(one)));
}

/** Whether all of a text is seen as it is, line feeds, tabs and the returns before line feeds aside. */
export function isVisible(text: string): boolean {
  const plain = text.replaceAll("\r\n", "\n");
  return visibleLines(plain) === plain;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** The character as JSON, YAML and JavaScript write it between double quotes, but for the controls below 256: they take `\x`. */
function escapeOf(one: string): string {
  const code = one.charCodeAt(0);
  return SHORT.get(one) ?? (code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : jsonEscape(one));
}

/**
 * GitHub's runner takes a line that contains this mark for a workflow command, wherever the mark is in the line
 * (actions/runner, ActionCommand.TryParse). Each format that can reach a log writes the mark in another way.
 */
export const LOG_COMMAND = "##[";

/**
 * A JSON text whose strings hold what is unseen, and the mark of a workflow command, as escapes: JSON itself leaves all but the C0 controls
 * as they are.
 */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN, (one) => (one === "\n" ? one : jsonEscape(one))).replaceAll(LOG_COMMAND, "##\\u005b");
}

function jsonEscape(one: string): string {
  return `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
