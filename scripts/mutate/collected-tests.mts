// What the tests get instead of vitest while mutants run: the tests are collected, and the test runner calls them one by one.

import { format } from "node:util";
import { expect } from "vitest";

type Act = () => unknown;
type Describe = (name: string, body: Act) => void;
type Test = (name: string, ...rest: readonly unknown[]) => void;

interface Suite {
  readonly names: readonly string[];
  readonly before: Act[];
  begun: boolean;
}

/** A test: its name with those of the blocks around it, and how it runs. A failed test rejects. */
export interface CollectedTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

let suites: readonly Suite[] = [];
let tests: CollectedTest[] = [];

/** Loads a test file and gives the tests that it has registered. Rejects if the file can't be loaded. */
export async function collectedFrom(load: () => Promise<unknown>): Promise<readonly CollectedTest[]> {
  tests = [];
  suites = [{ names: [], before: [], begun: false }];
  await load();
  return tests;
}

function block(name: string, body: Act): void {
  const outer = suites;
  suites = [...outer, { names: [name], before: [], begun: false }];
  try {
    body();
  } finally {
    suites = outer;
  }
}

function registered(name: string, ...rest: readonly unknown[]): void {
  const body = rest.find((each): each is Act => typeof each === "function");
  if (!body) throw new Error(`the test "${name}" has no body`);
  const around = suites;
  tests.push({
    name: [...around.flatMap(({ names }) => names), name].join(" > "),
    run: async () => {
      for (const suite of around) {
        if (suite.begun) continue;
        suite.begun = true;
        for (const act of suite.before) await act();
      }
      await body();
    },
  });
}

/** Registers one block or test for each row of a table; `%s` and `$key` in the name stand for the row's values, as in vitest. */
function each(act: (name: string, ...rest: readonly unknown[]) => void) {
  return (rows: readonly unknown[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      const body = rest.find((one): one is (...values: readonly unknown[]) => unknown => typeof one === "function");
      for (const [index, row] of rows.entries()) {
        const values: readonly unknown[] = Array.isArray(row) ? row : [row];
        const filled = name.replace(/\$(\w+)/g, (whole, key: string) =>
          row !== null && typeof row === "object" && key in row ? String(Reflect.get(row, key)) : whole,
        );
        act(`${format(filled, ...values)} #${index}`, () => body?.(...values));
      }
    };
}

const nothing = (): void => undefined;

export const describe = Object.assign(block satisfies Describe, {
  each: each((name, body) => block(name, body as Act)),
  runIf: (condition: unknown): Describe => (condition ? block : nothing),
  skipIf: (condition: unknown): Describe => (condition ? nothing : block),
});

export const test = Object.assign(registered satisfies Test, {
  each: each(registered),
  runIf: (condition: unknown): Test => (condition ? registered : nothing),
  skipIf: (condition: unknown): Test => (condition ? nothing : registered),
});

export const it = test;

/** Registers what runs before the first test of the block. */
export function beforeAll(act: Act): void {
  suites.at(-1)?.before.push(act);
}

/** Does nothing: what a test file leaves behind goes with the process. */
export function afterAll(): void {}

export const vi = { setConfig: nothing };

export { expect };
