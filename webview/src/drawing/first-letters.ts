/*
 * mermaid's parser tries some fifty patterns, one after another, at each place of a text, and five of them read the rest of the line: half
 * of what parsing takes. Most can't match what begins with the letter that stands there, so that they need not be tried. What may match is
 * still tried in the same order, by mermaid itself.
 */

/** The letters that a pattern may begin with, as classes of a regular expression, and a word that must stand in the line; null: any. */
interface Beginning {
  readonly letters: RegExp | null;
  readonly word: string | null;
}

const ANY: Beginning = { letters: null, word: null };

/** One thing that a pattern asks for and how often: a class, an escape, or a letter. */
const ITEM = /^(?<what>\[(?:\\.|[^\]\\])+\]|\\[^\w]|\\s|[\w"#:&;,<>~%@=`!-])(?<often>[*+?]?)/;

/** What is known of a pattern of the form `^(?:…)` without alternatives; of any other nothing is. */
export function beginning(pattern: RegExp): Beginning {
  const body = /^\^\(\?:(.*)\)$/s.exec(pattern.source)?.[1];
  if (body === undefined || pattern.flags !== "") return ANY;
  const word = /^\.\*(\w+)(?![*?{\w])/.exec(body)?.[1];
  const plain = body.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, "");
  if (plain.includes("|")) return ANY;
  if (word !== undefined) return { letters: null, word };
  const classes: string[] = [];
  for (let rest = body; ; ) {
    const item = ITEM.exec(rest)?.groups as { what: string; often: string } | undefined;
    const after = rest.slice(item ? item.what.length + item.often.length : 0);
    if (!item || after.startsWith("{")) return ANY;
    classes.push(item.what);
    if (item.often !== "*" && item.often !== "?")
      return { letters: new RegExp(`^(?:${classes.join("|")})`), word: null };
    rest = after;
  }
}

interface Possible {
  /** Without those that ask for a word in the line. */
  readonly here: readonly number[];
  readonly words: readonly string[];
}

const beginnings = new Map<RegExp, Beginning>();
const known = new Map<readonly number[], Map<string, Possible>>();

function beginningOf(pattern: RegExp): Beginning {
  let found = beginnings.get(pattern);
  if (!found) {
    found = beginning(pattern);
    beginnings.set(pattern, found);
  }
  return found;
}

/**
 * Of the patterns (by their places in `patterns`) that are to be tried at the start of `input` those that may match, in the same order.
 * `candidates` are the parser's own lists, which stay the same.
 */
export function possibleRules(
  candidates: readonly number[],
  patterns: readonly RegExp[],
  input: string,
): readonly number[] {
  const letter = input.charAt(0);
  if (letter === "") return candidates;
  let letters = known.get(candidates);
  if (!letters) {
    letters = new Map();
    known.set(candidates, letters);
  }
  let possible = letters.get(letter);
  if (!possible) {
    const about = candidates.map((at) => [at, beginningOf(patterns[at] as RegExp)] as const);
    possible = {
      here: about
        .filter(([, { letters: one, word }]) => word === null && (one?.test(letter) ?? true))
        .map(([at]) => at),
      words: [...new Set(about.flatMap(([, { word }]) => word ?? []))],
    };
    letters.set(letter, possible);
  }
  const end = possible.words.length > 0 ? input.indexOf("\n") : 0;
  const line = end < 0 ? input : input.slice(0, end);
  return possible.words.some((word) => line.includes(word)) ? candidates : possible.here;
}
