import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";
import { transformSync } from "esbuild";
import { parseAst } from "vitest/node";
import { textOf } from "./source-tree.ts";

/** A regular expression of a source file. */
export interface Expression {
  readonly file: string;
  /** What stands between the slashes; null where it is put together at run time. */
  readonly source: string | null;
  readonly flags: string;
}

/** A text, `head` and `pump` again and again, that makes an expression slow. */
export interface Attack {
  readonly head: string;
  readonly pump: string;
}

/** Long enough that the square of it is far from it: linear expressions take less than a millisecond. */
const LENGTH = 20_000;
const MOST = 25;
const ENDS = ["\u0000", "\n"];

/** What classes of characters are tried with, in this order; then all others. */
const TRIED = ["a", " ", "0", ".", "\t", "=", '"', "/"];
const OTHERS = [...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)), "\t", "\n", "\r", "é", "\0"];

/** The expressions of a TypeScript file: literals, those inside of `new RegExp(…, flags)` with its flags, and composed ones. */
export function expressionsIn(file: string): readonly Expression[] {
  const { code } = transformSync(textOf(file), { loader: "ts" });
  const found: Expression[] = [];
  const visit = (node: unknown, flags: string | null): void => {
    if (Array.isArray(node)) for (const each of node) visit(each, flags);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const { regex, type, callee } = node as {
      regex?: { pattern: string; flags: string };
      type?: string;
      callee?: object;
    };
    if (regex) found.push({ file, source: regex.pattern, flags: flags ?? regex.flags });
    const isMade = type === "NewExpression" && callee !== undefined && "name" in callee && callee.name === "RegExp";
    const [from, given] = isMade ? (node as { arguments: readonly { type: string; value?: unknown }[] }).arguments : [];
    if (isMade && from?.type !== "CallExpression") found.push({ file, source: null, flags: "" });
    const own = isMade ? String(given?.value ?? "") : flags;
    for (const each of Object.values(node)) visit(each, own);
  };
  visit(parseAst(code), null);
  return found;
}

/**
 * A text on which an expression takes longer than anything linear does; null where none was found. For every loop without an end,
 * what leads to the loop and what it takes are repeated: that is the text on which each place is a beginning, and none an end.
 */
export function attackOn({ source, flags }: Expression): Attack | null {
  if (source === null) return null;
  const expression = new RegExp(source, flags.replace("g", ""));
  for (const { head, pump } of pumps(source, flags))
    for (const end of ENDS) {
      const took = (length: number): number => {
        const text = head + pump.repeat(Math.ceil(length / pump.length)) + end;
        const begun = process.cpuUsage();
        expression.lastIndex = 0;
        expression.test(text);
        const { user, system } = process.cpuUsage(begun);
        return (user + system) / 1000;
      };
      // Step by step, as one of a higher degree would not come back from the large text. Three times where it is slow, as the first
      // may compile, and the system may do something else in any: what is slow by itself is slow each time.
      for (const length of [20, LENGTH / 10, LENGTH])
        if ([1, 2, 3].every(() => took(length) > MOST)) return { head, pump };
    }
  return null;
}

/** What is repeated to find out. */
function pumps(source: string, flags: string): readonly Attack[] {
  const mode = { unicode: flags.includes("u"), unicodeSets: flags.includes("v") };
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, mode);
  const found = new Map<string, Attack>();
  visitRegExpAST(pattern, {
    onQuantifierEnter(loop) {
      if (loop.max <= 1_000) return;
      for (const preferred of TRIED) {
        const example = examples(flags, preferred);
        const before = beginning(loop, example);
        const once = example(loop.element);
        const tried = [
          { head: "", pump: once },
          { head: "", pump: before + once },
          { head: before, pump: once },
        ];
        for (const each of tried) if (each.pump !== "") found.set(JSON.stringify(each), each);
      }
    },
  });
  return [...found.values()];
}

/** An example of all that stands before a loop. */
function beginning(loop: AST.Quantifier, example: (node: AST.Node) => string): string {
  let before = "";
  for (let node: AST.Node = loop; node.parent !== null; node = node.parent)
    if (node.parent.type === "Alternative") {
      const { elements } = node.parent;
      before =
        elements
          .slice(0, elements.indexOf(node as AST.Element))
          .map(example)
          .join("") + before;
    }
  return before;
}

/** Gives a short text that a part of an expression takes; where it takes several characters, the preferred one. */
function examples(flags: string, preferred: string): (node: AST.Node) => string {
  const one = (raw: string): string => {
    const part = new RegExp(`^${raw}$`, flags.replace(/[gymd]/g, ""));
    return [preferred, ...OTHERS].find((each) => part.test(each)) ?? "";
  };
  const example = (node: AST.Node): string => {
    switch (node.type) {
      case "Character":
        return String.fromCodePoint(node.value);
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return one(node.raw);
      case "Group":
      case "CapturingGroup":
        return node.alternatives[0] ? example(node.alternatives[0]) : "";
      case "Alternative":
        return node.elements.map(example).join("");
      case "Quantifier":
        return example(node.element).repeat(Math.min(node.min, 3));
      default:
        return "";
    }
  };
  return example;
}
