import type { GraphView } from "#protocol";
import { FLAGS, filterContext, VALUE_OPERANDS, type Value, type ValueOperand } from "./operand.ts";
import { type FilterToken, filterTokens } from "./token.ts";

/** One way to go on at the cursor: the text between `start` and `end` is replaced by `text`. */
export interface FilterCompletion {
  readonly text: string;
  readonly about: string;
  readonly kind: "operand" | "flag" | "operator" | "value" | "word";
  readonly start: number;
  readonly end: number;
}

const OPERATORS: readonly (readonly [string, string, "any" | "number" | "text"])[] = [
  ["=", "equal", "any"],
  ["!=", "not equal", "any"],
  ["*=", "contains", "text"],
  ["^=", "starts with", "text"],
  ["$=", "ends with", "text"],
  ["!*=", "does not contain", "text"],
  [">", "greater", "number"],
  [">=", "at least", "number"],
  ["<", "less", "number"],
  ["<=", "at most", "number"],
];

const MAX_VALUES = 50;

/** What can stand at `offset` of an expression: names and flags, operators behind a name, values that occur in the view. */
export function filterCompletions(text: string, offset: number, view: GraphView): readonly FilterCompletion[] {
  const before = filterTokens(text.slice(0, offset));
  const last = before.at(-1);
  // A word that the cursor touches is being written; everything else is finished.
  const written = last && last.end === offset && (last.kind === "word" || last.kind === "text") ? last : null;
  const done = written ? before.slice(0, -1) : before;
  const span = { start: written?.start ?? offset, end: offset };
  const prefix = (written?.value ?? "").toLowerCase();
  return offered(done, view)
    .filter((one) => one.text.toLowerCase().includes(prefix))
    .sort((a, b) => Number(b.text.toLowerCase().startsWith(prefix)) - Number(a.text.toLowerCase().startsWith(prefix)))
    .map((one) => ({ ...one, ...span }));
}

type Offered = Omit<FilterCompletion, "start" | "end">;

function offered(done: readonly FilterToken[], view: GraphView): readonly Offered[] {
  const last = done.at(-1);
  const name = last?.kind === "word" ? last.value.toLowerCase() : null;
  if (last?.kind === "operator") return values(operandsNamed(done.at(-2)?.value.toLowerCase() ?? ""), view);
  const isValue = (last?.kind === "word" || last?.kind === "text") && done.at(-2)?.kind === "operator";
  if (isValue || last?.kind === "close") return connectives();
  if (name !== null && !/^(is|has)$/.test(name)) {
    const operands = operandsNamed(name);
    const flags = FLAGS.some((flag) => flag.name === name || flag.aliases.includes(name));
    return [...(operands.length > 0 ? operators(operands) : []), ...(flags ? connectives() : [])];
  }
  return names();
}

function operandsNamed(name: string): readonly ValueOperand[] {
  return VALUE_OPERANDS.filter((operand) => operand.name === name || operand.aliases.includes(name));
}

function names(): readonly Offered[] {
  const operands = new Map(VALUE_OPERANDS.map((operand) => [operand.name, operand]));
  return [
    ...[...operands.values()].map(({ name, about }): Offered => ({ text: name, about, kind: "operand" })),
    ...FLAGS.map(({ name, about }): Offered => ({ text: name, about, kind: "flag" })),
    { text: "not", about: "the opposite", kind: "word" },
  ];
}

function operators(operands: readonly ValueOperand[]): readonly Offered[] {
  const numeric = operands.every((operand) => operand.numeric);
  return OPERATORS.filter(([, , of]) => of === "any" || of === (numeric ? "number" : "text")).map(
    ([text, about]): Offered => ({ text, about, kind: "operator" }),
  );
}

function connectives(): readonly Offered[] {
  return [
    { text: "and", about: "both", kind: "word" },
    { text: "or", about: "one of them", kind: "word" },
  ];
}

function values(operands: readonly ValueOperand[], view: GraphView): readonly Offered[] {
  const context = filterContext(view);
  const found = new Set<Value>(operands.flatMap((operand) => operand.known));
  for (const operand of operands) {
    const { node, edge } = operand;
    const all = [
      ...(node ? view.nodes.flatMap((one) => node(one, context).values) : []),
      ...(edge ? view.edges.flatMap((one) => edge(one, context).values) : []),
    ];
    for (const value of all) found.add(value);
  }
  return [...found]
    .slice(0, MAX_VALUES)
    .map((value): Offered => ({ text: quoted(String(value)), about: "", kind: "value" }));
}

/** Values that would not be one word are put into quotation marks. */
function quoted(value: string): string {
  if (/^[\w./{}:-]+$/.test(value) && !/^(and|or|not)$/i.test(value)) return value;
  return value.includes("'") ? `"${value.replaceAll('"', "")}"` : `'${value}'`;
}
