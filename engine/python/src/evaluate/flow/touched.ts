import { memo, type PyStatement } from "#syntax";
import { effectsOf } from "../mutation/effects.ts";
import { blocksOf } from "./blocks.ts";
import { testedPaths } from "./narrow.ts";

/**
 * The variables that a statement, nested blocks included, may bind or change; `name.()` stands for any call of a method
 * on `name`, `name.method()` for that of one. Bodies of nested functions are not in it.
 */
export const touched = memo((statement: PyStatement): ReadonlySet<string> => {
  const paths = new Set<string>();
  for (const effect of effectsOf(statement)) {
    paths.add(effect.path);
    if (effect.kind === "self-call") paths.add(`${effect.path.slice(0, -2)}${effect.method}()`);
  }
  for (const block of blocksOf(statement)) for (const path of touchedIn(block)) paths.add(path);
  return paths;
});

/** The same for a whole block. */
export const touchedIn = memo((block: readonly PyStatement[]): ReadonlySet<string> => {
  const paths = new Set<string>();
  for (const statement of block) for (const path of touched(statement)) paths.add(path);
  return paths;
});

/** The variables that tests of `if` statements in a block are about: behind such a test they may be fewer things. */
export const testedIn = memo((block: readonly PyStatement[]): ReadonlySet<string> => {
  const paths = new Set<string>();
  for (const statement of block) {
    if (statement.kind === "if") for (const path of testedPaths(statement.test)) paths.add(path);
    for (const inner of blocksOf(statement)) for (const path of testedIn(inner)) paths.add(path);
  }
  return paths;
});
