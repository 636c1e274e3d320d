import { type Token, tokens, unescaped } from "./tokens.ts";

/*
 * Just enough of Python's expression grammar for the vectors of kind pydantic_python_inputs: what a charm could write as an
 * argument of a policy, without f-strings and lambdas' bodies being looked into.
 */

export type Node =
  | { readonly node: "value"; readonly value: null | boolean | string | bigint }
  | { readonly node: "float"; readonly value: number }
  | { readonly node: "complex" }
  | { readonly node: "bytes"; readonly bytes: readonly number[] }
  | { readonly node: "name"; readonly name: string }
  | { readonly node: "list" | "tuple" | "set"; readonly items: readonly Node[] }
  | { readonly node: "star"; readonly of: Node; readonly double: boolean }
  | { readonly node: "dict"; readonly entries: readonly (readonly [Node | null, Node])[] }
  | {
      readonly node: "comprehension";
      readonly kind: "list" | "set" | "generator" | "dict";
      readonly key: Node | null;
      readonly element: Node;
      readonly clauses: readonly Clause[];
    }
  | { readonly node: "attribute"; readonly of: Node; readonly name: string }
  | { readonly node: "index"; readonly of: Node; readonly index: Node }
  | { readonly node: "call"; readonly callee: Node; readonly args: readonly Argument[] }
  | { readonly node: "unary"; readonly operator: string; readonly of: Node }
  | { readonly node: "binary"; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly node: "conditional"; readonly test: Node; readonly then: Node; readonly otherwise: Node }
  | { readonly node: "lambda"; readonly parameters: readonly string[]; readonly body: Node };

export interface Clause {
  readonly targets: readonly string[];
  readonly iterable: Node;
  readonly conditions: readonly Node[];
}

export interface Argument {
  readonly name: string | null;
  readonly value: Node;
}

const LEVELS: readonly (readonly string[])[] = [
  ["or"],
  ["and"],
  ["in", "is", "==", "!=", "<", ">", "<=", ">="],
  ["|"],
  ["^"],
  ["&"],
  ["+", "-"],
  ["*", "/", "//", "%"],
];

/** The syntax tree of one expression; a SyntaxError for anything else. */
export function pythonSyntax(source: string): Node {
  return new Parser(tokens(source)).whole();
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(all: readonly Token[]) {
    this.tokens = all;
  }

  whole(): Node {
    const node = this.expression();
    if (this.peek().kind !== "end") throw new SyntaxError(`unexpected ${this.peek().text}`);
    return node;
  }

  private peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? { kind: "end", text: "" };
  }

  private is(text: string): boolean {
    const token = this.peek();
    return token.kind !== "string" && token.text === text;
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new SyntaxError(`expected ${text}, found ${this.peek().text}`);
  }

  private name(): string {
    const token = this.peek();
    if (token.kind !== "name") throw new SyntaxError(`expected a name, found ${token.text}`);
    this.at++;
    return token.text;
  }

  private expression(): Node {
    if (this.take("lambda")) {
      const parameters: string[] = [];
      while (!this.take(":")) {
        parameters.push(this.name());
        this.take(",");
      }
      return { node: "lambda", parameters, body: this.expression() };
    }
    const then = this.level(0);
    if (!this.take("if")) return then;
    const test = this.level(0);
    this.expect("else");
    return { node: "conditional", test, then, otherwise: this.expression() };
  }

  private level(depth: number): Node {
    const operators = LEVELS[depth];
    if (!operators) return this.unary();
    if (depth === 2 && this.take("not")) return { node: "unary", operator: "not", of: this.level(depth) };
    let left = this.level(depth + 1);
    for (;;) {
      const not = depth === 2 && this.is("not") && this.peek(1).text === "in";
      const operator = not ? "not in" : this.peek().text;
      if (!not && (this.peek().kind === "string" || !operators.includes(operator))) return left;
      this.at += not ? 2 : 1;
      const isNot = operator === "is" && this.take("not");
      left = { node: "binary", operator: isNot ? "is not" : operator, left, right: this.level(depth + 1) };
    }
  }

  private unary(): Node {
    for (const operator of ["-", "+", "~"]) {
      if (this.take(operator)) return { node: "unary", operator, of: this.unary() };
    }
    const base = this.postfix();
    return this.take("**") ? { node: "binary", operator: "**", left: base, right: this.unary() } : base;
  }

  private postfix(): Node {
    let node = this.atom();
    for (;;) {
      if (this.take(".")) node = { node: "attribute", of: node, name: this.name() };
      else if (this.take("(")) node = { node: "call", callee: node, args: this.callArguments() };
      else if (this.take("[")) {
        node = { node: "index", of: node, index: this.expression() };
        this.expect("]");
      } else return node;
    }
  }

  private callArguments(): readonly Argument[] {
    const args: Argument[] = [];
    while (!this.take(")")) {
      if (this.peek().kind === "name" && this.peek(1).text === "=") {
        const name = this.name();
        this.expect("=");
        args.push({ name, value: this.expression() });
      } else {
        const value = this.starred();
        const clauses = this.clauses();
        const generator: Node = { node: "comprehension", kind: "generator", key: null, element: value, clauses };
        args.push({ name: null, value: clauses.length > 0 ? generator : value });
      }
      if (!this.is(")")) this.expect(",");
    }
    return args;
  }

  private starred(): Node {
    if (this.take("**")) return { node: "star", of: this.level(3), double: true };
    if (this.take("*")) return { node: "star", of: this.level(3), double: false };
    return this.expression();
  }

  private clauses(): readonly Clause[] {
    const clauses: Clause[] = [];
    while (this.take("for")) {
      const parenthesised = this.take("(");
      const targets = [this.name()];
      while (this.take(",")) targets.push(this.name());
      if (parenthesised) this.expect(")");
      this.expect("in");
      const iterable = this.level(0);
      const conditions: Node[] = [];
      while (this.take("if")) conditions.push(this.level(0));
      clauses.push({ targets, iterable, conditions });
    }
    return clauses;
  }

  private atom(): Node {
    const token = this.peek();
    if (token.kind === "string") return this.strings();
    this.at++;
    if (token.kind === "number") return number(token.text);
    if (token.kind === "name") return named(token.text);
    if (token.text === "(") return this.bracketed(")", "tuple", "generator");
    if (token.text === "[") return this.bracketed("]", "list", "list");
    if (token.text === "{") return this.braces();
    throw new SyntaxError(`unexpected ${token.text || "end"}`);
  }

  private bracketed(close: string, kind: "tuple" | "list", comprehension: "generator" | "list"): Node {
    if (this.take(close)) return { node: kind, items: [] };
    const first = this.starred();
    const clauses = this.clauses();
    if (clauses.length > 0) {
      this.expect(close);
      return { node: "comprehension", kind: comprehension, key: null, element: first, clauses };
    }
    const items = this.rest(first, close);
    return kind === "tuple" && items.length === 1 && !items.trailing ? first : { node: kind, items };
  }

  private rest(first: Node, close: string): readonly Node[] & { readonly trailing: boolean } {
    const items = [first];
    let trailing = false;
    while (!this.take(close)) {
      this.expect(",");
      trailing = this.is(close);
      if (!trailing) items.push(this.starred());
    }
    return Object.assign(items, { trailing });
  }

  private braces(): Node {
    const entries: (readonly [Node | null, Node])[] = [];
    if (this.take("}")) return { node: "dict", entries };
    const first = this.starred();
    const isDict = this.is(":") || (first.node === "star" && first.double);
    if (!isDict) {
      const clauses = this.clauses();
      if (clauses.length === 0) return { node: "set", items: this.rest(first, "}") };
      this.expect("}");
      return { node: "comprehension", kind: "set", key: null, element: first, clauses };
    }
    let key = first;
    for (;;) {
      if (key.node === "star") entries.push([null, key.of]);
      else {
        this.expect(":");
        const value = this.expression();
        const clauses = this.clauses();
        if (clauses.length > 0) {
          this.expect("}");
          return { node: "comprehension", kind: "dict", key, element: value, clauses };
        }
        entries.push([key, value]);
      }
      if (!this.is("}")) this.expect(",");
      if (this.take("}")) return { node: "dict", entries };
      key = this.starred();
    }
  }

  private strings(): Node {
    let text = "";
    const bytes: number[] = [];
    let isBytes = false;
    while (this.peek().kind === "string") {
      const [, prefix = "", quote = "", rest = ""] = /^([a-z]*)("""|'''|"|')([\s\S]*)$/.exec(this.peek().text) ?? [];
      this.at++;
      const body = rest.slice(0, rest.length - quote.length);
      const value = prefix.includes("r") ? body : unescaped(body, prefix.includes("b"));
      isBytes = prefix.includes("b");
      if (isBytes) bytes.push(...[...value].map((character) => character.charCodeAt(0)));
      else text += value;
    }
    return isBytes ? { node: "bytes", bytes } : { node: "value", value: text };
  }
}

function named(name: string): Node {
  if (name === "None") return { node: "value", value: null };
  if (name === "True" || name === "False") return { node: "value", value: name === "True" };
  return { node: "name", name };
}

function number(text: string): Node {
  const digits = text.replaceAll("_", "");
  if (/^0[xXoObB]/.test(digits) || /^[0-9]+$/.test(digits)) return { node: "value", value: BigInt(digits) };
  return /j$/i.test(digits) ? { node: "complex" } : { node: "float", value: Number(digits) };
}
