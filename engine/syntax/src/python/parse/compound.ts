import type { Span } from "../../text/span.ts";
import type {
  Identifier,
  PyArgument,
  PyCase,
  PyExpression,
  PyHandler,
  PyParameter,
  PyStatement,
  PyTypeParameter,
  PyWithItem,
} from "../node.ts";
import { callArguments } from "./argument.ts";
import { expression, namedExpression, starExpressions, subjectExpression, target, targets } from "./expression.ts";
import { parametersUpTo, typeParameters } from "./parameter.ts";
import {
  accept,
  advance,
  complain,
  complainMissing,
  expect,
  identifier,
  isComma,
  type Parser,
  peek,
  readElements,
  spanFrom,
  startOf,
  textOf,
} from "./parser.ts";
import { patterns } from "./pattern.ts";
import {
  ARROW,
  AS,
  ASYNC,
  BRACE_END,
  CLASS,
  COLON,
  COMMA,
  DEF,
  DOT,
  ELIF,
  ELSE,
  END,
  EQUAL,
  EXCEPT,
  FINALLY,
  FOR,
  IF,
  IN,
  NAME,
  NEWLINE,
  ROUND,
  ROUND_END,
  STAR,
  TRY,
  WALRUS,
  WHILE,
  WITH,
  YIELD,
} from "./token.ts";

/** The head of a compound statement or of one of its clauses, up to its colon. */
export type Head =
  | { readonly keyword: "if" | "elif" | "while"; readonly test: PyExpression }
  | {
      readonly keyword: "for";
      readonly async: boolean;
      readonly target: PyExpression;
      readonly iterable: PyExpression;
    }
  | { readonly keyword: "with"; readonly async: boolean; readonly items: readonly PyWithItem[] }
  | { readonly keyword: "try" | "else" | "finally" }
  | {
      readonly keyword: "except";
      readonly type: PyExpression | null;
      readonly name: Identifier | null;
      readonly star: boolean;
    }
  | {
      readonly keyword: "def";
      readonly async: boolean;
      readonly name: Identifier;
      readonly typeParameters: readonly PyTypeParameter[];
      readonly parameters: readonly PyParameter[];
      readonly returns: PyExpression | null;
    }
  | {
      readonly keyword: "class";
      readonly name: Identifier;
      readonly typeParameters: readonly PyTypeParameter[];
      readonly bases: readonly PyArgument[];
    }
  | { readonly keyword: "match"; readonly subject: PyExpression }
  | { readonly keyword: "case"; readonly pattern: Span; readonly guard: PyExpression | null };

/** A head with the block below it, or behind it on its line. */
export interface Clause {
  readonly head: Head;
  readonly start: number;
  readonly end: number;
  readonly body: readonly PyStatement[];
  /** The block of a `match`. */
  readonly cases: readonly PyCase[];
}

/** The head that starts at the next token, up to its colon; null where none does. */
export function headAt(p: Parser): Head | null {
  const found = headUpToColon(p);
  if (found) endHead(p);
  return found;
}

function headUpToColon(p: Parser): Head | null {
  switch (p.kind) {
    case IF:
    case ELIF:
    case WHILE: {
      const keyword = p.kind === IF ? "if" : p.kind === ELIF ? "elif" : "while";
      advance(p);
      return { keyword, test: namedExpression(p) };
    }
    case ASYNC:
      return isAsyncHead(p) ? asyncHead(p) : null;
    case FOR:
      return forHead(p, false);
    case WITH:
      return withHead(p, false);
    case DEF:
      return functionHead(p, false);
    case CLASS: {
      advance(p);
      const name = identifier(p);
      const parameters = typeParameters(p);
      return { keyword: "class", name, typeParameters: parameters, bases: p.kind === ROUND ? callArguments(p) : [] };
    }
    case TRY:
    case ELSE:
    case FINALLY: {
      const keyword = p.kind === TRY ? "try" : p.kind === ELSE ? "else" : "finally";
      advance(p);
      return { keyword };
    }
    case EXCEPT:
      return exceptHead(p);
    case NAME:
      return matchHead(p);
    default:
      return null;
  }
}

/** Takes the colon of a head; what stands before it and can't be read is passed over. */
function endHead(p: Parser): void {
  if (accept(p, COLON)) return;
  if (p.kind === NEWLINE || p.kind === END) {
    complainMissing(p);
    return;
  }
  const start = startOf(p);
  for (let open = 0; p.kind !== NEWLINE && p.kind !== END; advance(p)) {
    if (p.kind === COLON && open === 0) break;
    if (p.kind >= ROUND && p.kind <= BRACE_END) open += p.kind % 2 === 0 ? 1 : -1;
  }
  complain(p, spanFrom(p, start), "This could not be read as Python.");
  accept(p, COLON);
}

function isAsyncHead(p: Parser): boolean {
  const next = peek(p, 1);
  return next === DEF || next === FOR || next === WITH;
}

function asyncHead(p: Parser): Head {
  advance(p);
  if (p.kind === FOR) return forHead(p, true);
  return p.kind === WITH ? withHead(p, true) : functionHead(p, true);
}

function forHead(p: Parser, async: boolean): Head {
  advance(p);
  const target = targets(p);
  expect(p, IN);
  return { keyword: "for", async, target, iterable: starExpressions(p) };
}

function functionHead(p: Parser, async: boolean): Head {
  advance(p);
  const name = identifier(p);
  const generic = typeParameters(p);
  let parameters: PyParameter[] = [];
  if (accept(p, ROUND)) {
    parameters = parametersUpTo(p, ROUND_END, true);
    expect(p, ROUND_END);
  } else complainMissing(p);
  const returns = accept(p, ARROW) ? expression(p) : null;
  return { keyword: "def", async, name, typeParameters: generic, parameters, returns };
}

function exceptHead(p: Parser): Head {
  advance(p);
  const star = accept(p, STAR);
  if (p.kind === COLON && !star) return { keyword: "except", type: null, name: null, star };
  const start = startOf(p);
  const first = expression(p);
  let type = first;
  // Without parentheses since Python 3.14 (PEP 758), if the exception is given no name.
  if (p.kind === COMMA) {
    const items = [first];
    while (accept(p, COMMA) && p.kind !== COLON) items.push(expression(p));
    type = { kind: "tuple", span: spanFrom(p, start), items };
    if ((p.kind as number) === AS) complain(p, type.span, "These exceptions need parentheses.");
  }
  const name = accept(p, AS) ? identifier(p) : null;
  return { keyword: "except", type, name, star };
}

function withHead(p: Parser, async: boolean): Head {
  advance(p);
  if (!holdsItems(p)) return { keyword: "with", async, items: withItems(p) };
  advance(p);
  const items = readElements(p, ROUND_END, withItem, brokenWithItem);
  expect(p, ROUND_END);
  return { keyword: "with", async, items };
}

/** Whether the parentheses behind `with` hold items, as in `with (a as b, c):`, and are no part of an expression. */
function holdsItems(p: Parser): boolean {
  if (p.kind !== ROUND || peek(p, 1) === ROUND_END || peek(p, 1) === YIELD) return false;
  for (let ahead = 0, open = 0; ; ahead++) {
    const kind = peek(p, ahead);
    if (kind === END || kind === NEWLINE) return false;
    if (kind >= ROUND && kind <= BRACE_END) open += kind % 2 === 0 ? 1 : -1;
    if (open === 0) return peek(p, ahead + 1) === COLON;
    if (open > 1) continue;
    const begins = ahead > 0 && (ahead === 1 || isComma(peek(p, ahead - 1)));
    if (kind === FOR || kind === WALRUS || (kind === STAR && begins)) return false;
  }
}

function withItems(p: Parser): PyWithItem[] {
  const items = [withItem(p)];
  while (accept(p, COMMA)) items.push(withItem(p));
  return items;
}

function withItem(p: Parser): PyWithItem {
  const start = startOf(p);
  const value = expression(p);
  const bound = accept(p, AS) ? target(p) : null;
  return { span: spanFrom(p, start), value, target: bound };
}

function brokenWithItem(span: Span): PyWithItem {
  return { span, value: { kind: "broken", span }, target: null };
}

/** `match` and `case` are keywords only where a line starts with them and ends with a colon that is not right behind them. */
function matchHead(p: Parser): Head | null {
  const word = textOf(p);
  if ((word !== "match" && word !== "case") || peek(p, 1) === COLON) return null;
  if (word === "match" ? !endsWithColon(p) : !hasColon(p)) return null;
  advance(p);
  if (word === "match") return { keyword: "match", subject: subjectExpression(p) };
  const pattern = patterns(p);
  return { keyword: "case", pattern, guard: accept(p, IF) ? namedExpression(p) : null };
}

function endsWithColon(p: Parser): boolean {
  let ahead = 1;
  while (peek(p, ahead) !== NEWLINE && peek(p, ahead) !== END) ahead++;
  return peek(p, ahead - 1) === COLON;
}

/** Whether a line that starts with `case` is a clause: `case = 1` and `case: int` are not. */
function hasColon(p: Parser): boolean {
  const next = peek(p, 1);
  if (next === EQUAL || next === DOT || next === NEWLINE || next === END) return false;
  for (let ahead = 1, open = 0; ; ahead++) {
    const kind = peek(p, ahead);
    if (kind === NEWLINE || kind === END) return false;
    if (kind >= ROUND && kind <= BRACE_END) open += kind % 2 === 0 ? 1 : -1;
    else if (kind === COLON && open === 0) return true;
  }
}

/** Every `elif` lies deeper in the tree than the one before it. */
const mostBranches = 200;

/** Which clauses may follow which; `else` of a loop or an `if` is the last. */
const followers: Readonly<Record<string, readonly string[]>> = {
  if: ["elif", "else"],
  elif: ["elif", "else"],
  for: ["else"],
  while: ["else"],
  try: ["except", "finally"],
  except: ["except", "else", "finally"],
  else: ["finally"],
};

/** Whether a clause may follow another one in a statement that begins with `first`. */
export function mayFollow(first: Head, last: Head, next: Head): boolean {
  if (!followers[last.keyword]?.includes(next.keyword)) return false;
  return next.keyword !== "finally" || first.keyword === "try";
}

/** Whether a clause opens a statement. */
export function opensStatement({ keyword }: Head): boolean {
  return !/^(?:elif|else|except|finally|case)$/.test(keyword);
}

/** The compound statement that clauses make up together; `broken` for too many branches. */
export function assembled(clauses: readonly Clause[], start: number, decorators: readonly PyExpression[]): PyStatement {
  const [first, ...others] = clauses;
  const span = { start, end: clauses.at(-1)?.end ?? start };
  if (!first || clauses.length > mostBranches) return { kind: "broken", span };
  const { head, body } = first;
  switch (head.keyword) {
    case "def": {
      const { keyword: _, ...rest } = head;
      return { kind: "function", span, ...rest, decorators, body };
    }
    case "class": {
      const { keyword: _, ...rest } = head;
      return { kind: "class", span, ...rest, decorators, body };
    }
    case "for": {
      const { keyword: kind, ...rest } = head;
      return { kind, span, ...rest, body, otherwise: otherwise(others) };
    }
    case "while":
      return { kind: "while", span, test: head.test, body, otherwise: otherwise(others) };
    case "with": {
      const { keyword: kind, ...rest } = head;
      return { kind, span, ...rest, body };
    }
    case "try": {
      const final = bodyOf(others, "finally");
      return { kind: "try", span, body, handlers: others.flatMap(handler), otherwise: bodyOf(others, "else"), final };
    }
    case "match":
      return { kind: "match", span, subject: head.subject, cases: first.cases };
    default:
      // A clause whose opening statement is missing may run or not, as the body of an `if` that can't be read.
      return conditional(first, others.filter(isBranch), span);
  }
}

function isBranch({ head }: Clause): boolean {
  return head.keyword === "elif" || head.keyword === "else";
}

/** `elif` and what follows it is an `if` inside of the `if` before it. */
function otherwise(clauses: readonly Clause[]): readonly PyStatement[] {
  const [first, ...others] = clauses;
  if (!first) return [];
  if (first.head.keyword !== "elif") return first.body;
  return [conditional(first, others, { start: first.start, end: clauses.at(-1)?.end ?? first.end })];
}

function conditional({ head, body }: Clause, others: readonly Clause[], span: Span): PyStatement {
  const nowhere = { start: span.start, end: span.start };
  const test: PyExpression = "test" in head ? head.test : { kind: "broken", span: nowhere };
  // biome-ignore lint/suspicious/noThenProperty: our name for the branch that runs when the test holds; no promise is near
  return { kind: "if", span, test, then: body, otherwise: otherwise(others) };
}

function handler({ head, start, end, body }: Clause): PyHandler[] {
  if (head.keyword !== "except") return [];
  const { keyword: _, ...rest } = head;
  return [{ span: { start, end }, ...rest, body }];
}

function bodyOf(clauses: readonly Clause[], keyword: string): readonly PyStatement[] {
  return clauses.find((clause) => clause.head.keyword === keyword)?.body ?? [];
}
