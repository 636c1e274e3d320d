import { memo, type PyStatement } from "#syntax";
import { blocksOf } from "./blocks.ts";

/** Whether an offset stands in a block. */
export function contains(block: readonly PyStatement[], offset: number): boolean {
  const first = block[0];
  const last = block.at(-1);
  return first !== undefined && last !== undefined && first.span.start <= offset && offset < last.span.end;
}

/** Whether the statement may leave its block: it holds a return, raise, break or continue. */
export function ends(statement: PyStatement): boolean {
  switch (statement.kind) {
    case "return":
    case "raise":
    case "break":
    case "continue":
      return true;
    case "if":
    case "for":
    case "while":
    case "try":
    case "with":
    case "match":
      return holdsExit(statement);
    default:
      return false;
  }
}

const holdsExit = memo((statement: PyStatement): boolean => blocksOf(statement).some((block) => block.some(ends)));
