import type { PyStatement } from "../node.ts";
import type { LogicalLine } from "./lines.ts";

/** Every statement of a tree, those in blocks too, by its start. */
export function statementsByStart(body: readonly PyStatement[]): Map<number, PyStatement> {
  const found = new Map<number, PyStatement>();
  const open: (readonly PyStatement[])[] = [body];
  for (let block = open.pop(); block; block = open.pop()) {
    for (const statement of block) {
      found.set(statement.span.start, statement);
      open.push(...blocksOf(statement));
    }
  }
  return found;
}

function blocksOf(statement: PyStatement): (readonly PyStatement[])[] {
  switch (statement.kind) {
    case "if":
      return [statement.then, statement.otherwise];
    case "for":
    case "while":
      return [statement.body, statement.otherwise];
    case "try":
      return [statement.body, ...statement.handlers.map((each) => each.body), statement.otherwise, statement.final];
    case "match":
      return statement.cases.map((each) => each.body);
    case "with":
    case "function":
    case "class":
      return [statement.body];
    default:
      return [];
  }
}

/** What may start a line without starting a statement: the clauses of one, and what stands below a decorator. */
const within = /(?:elif|else|except|finally|case|async|def|class)\b|@/y;

/**
 * Whether every logical line starts a statement or a clause. tree-sitter takes a line end for a blank where no statement can
 * end, as in `from` and `.a import b` on two lines.
 */
export function startsOnLines(text: string, lines: readonly LogicalLine[], body: readonly PyStatement[]): boolean {
  const starts = statementsByStart(body);
  return lines.every(({ start }) => {
    within.lastIndex = start;
    return starts.has(start) || within.test(text);
  });
}
