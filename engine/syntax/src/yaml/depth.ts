import type { CST } from "yaml";
import type { SyntaxProblem } from "../text/problem.ts";

/** What lies deeper in a YAML document is left out: no charm nests so deep, and readers may recurse. */
export const deepestYaml = 100;

/**
 * The same syntax token without what lies too deep in it; each place is reported once. It works before the `yaml` package
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
