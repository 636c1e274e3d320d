import { type CST, Lexer, Parser } from "yaml";
import type { SyntaxProblem } from "../text/problem.ts";

/** The depth limit of a YAML document; the reader omits deeper nodes: no charm nests so deep, and readers may recurse. */
export const deepestYaml = 100;

/** Deeper than this a text is not even parsed: the package's parser closes block collections by recursion. */
const DEEPEST_PARSED = 4 * deepestYaml;

/**
 * The syntax tokens of a text. Where the nesting is far too deep, reading ends with a problem and omits the rest of the
 * text, so that no text exhausts the stack.
 */
export function* syntaxTokens(text: string, problems: SyntaxProblem[]): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length <= DEEPEST_PARSED) continue;
    const offset = Math.max(0, parser.offset - 1);
    const message = "This is nested too deeply to be read; what stands behind it is left out.";
    problems.push({ span: { start: offset, end: offset + 1 }, message });
    break;
  }
  yield* parser.end();
}

/**
 * The same syntax token without its too deep parts; each place is reported once. It works before the `yaml` package
 * composes its nodes, because that is where the package recurses and a nesting of thousands of levels would exhaust the stack.
 */
export function pruned(token: CST.Token, problems: SyntaxProblem[]): CST.Token {
  if (token.type !== "document" || !token.value) return token;
  const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token: token.value, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (!("items" in next.token)) continue;
    if (next.depth > deepestYaml) {
      const { offset } = next.token;
      problems.push({ span: { start: offset, end: offset + 1 }, message: "This is nested too deeply to be read." });
      next.token.items.length = 0;
      continue;
    }
    for (const item of next.token.items) {
      if (item.key) open.push({ token: item.key, depth: next.depth + 1 });
      if (item.value) open.push({ token: item.value, depth: next.depth + 1 });
    }
  }
  return token;
}
