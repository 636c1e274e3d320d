import { memo, type PyStatement } from "#syntax";
import { linksOf } from "../mutation/links.ts";
import { ends } from "./leaving.ts";
import { touched } from "./touched.ts";

/** Which statements of a block touch which variable, and which may leave the block; by index, in order. */
interface BlockIndex {
  readonly touching: ReadonlyMap<string, readonly number[]>;
  readonly leaving: readonly number[];
}

const NONE: readonly number[] = [];

const blockIndex = memo((block: readonly PyStatement[]): BlockIndex => {
  const touching = new Map<string, number[]>();
  const leaving: number[] = [];
  for (const [index, statement] of block.entries()) {
    for (const path of touched(statement)) {
      const list = touching.get(path);
      if (list) list.push(index);
      else touching.set(path, [index]);
    }
    if (ends(statement)) leaving.push(index);
  }
  return { touching, leaving };
});

/** The indexes of the statements of a block that touch one of the variables, in order. */
export function touchingStatements(block: readonly PyStatement[], paths: readonly string[]): readonly number[] {
  const { touching } = blockIndex(block);
  return merged(paths.map((path) => touching.get(path) ?? NONE));
}

/** The same, together with those that may leave the block. */
export function concernedStatements(block: readonly PyStatement[], paths: readonly string[]): readonly number[] {
  const { leaving } = blockIndex(block);
  const own = touchingStatements(block, paths);
  return leaving.length === 0 ? own : merged([own, leaving]);
}

function merged(lists: readonly (readonly number[])[]): readonly number[] {
  const filled = lists.filter((list) => list.length > 0);
  const [only] = filled;
  if (filled.length <= 1) return only ?? NONE;
  return [...new Set(filled.flat())].sort((a, b) => a - b);
}

/** The index of the last statement that starts at or before an offset; -1 where none does. */
export function lastStarting(block: readonly PyStatement[], offset: number): number {
  let [low, high] = [0, block.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((block[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const SIMPLE: ReadonlySet<string> = new Set(["expression", "assign", "annotated-assign", "return", "assert", "raise"]);

/**
 * An earlier offset at which the variable has the same value: that behind the last statement before that touches it. So
 * that uses in different statements ask the same question.
 */
export function settledAt(body: readonly PyStatement[], path: string, until: number | null): number | null {
  if (until === null || path.includes(".") || linksOf(body, path).length > 0) return until;
  const index = lastStarting(body, until);
  const holder = body[index];
  if (!holder || !SIMPLE.has(holder.kind) || touched(holder).has(path)) return until;
  const before = touchingStatements(body, [path]).findLast((one) => one < index);
  return body[before === undefined ? 0 : before + 1]?.span.start ?? until;
}
