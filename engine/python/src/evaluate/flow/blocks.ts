import type { PyStatement } from "#syntax";

/** The nested blocks of a compound statement; a function's and a class's bodies are scopes of their own and not in it. */
export function blocksOf(statement: PyStatement): readonly (readonly PyStatement[])[] {
  switch (statement.kind) {
    case "if":
      return [statement.then, statement.otherwise];
    case "for":
    case "while":
      return [statement.body, statement.otherwise];
    case "try":
      return [
        statement.body,
        ...statement.handlers.map((handler) => handler.body),
        statement.otherwise,
        statement.final,
      ];
    case "with":
      return [statement.body];
    case "match":
      return statement.cases.map((one) => one.body);
    default:
      return [];
  }
}
