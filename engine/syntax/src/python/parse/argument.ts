import type { Span } from "../../text/span.ts";
import type { PyArgument, PyComprehensionClause, PyExpression } from "../node.ts";
import { comprehensionClauses, startsComprehension } from "./display.ts";
import {
  accept,
  advance,
  bracketDepth,
  brokenItem,
  complain,
  deepest,
  endOf,
  expect,
  identifier,
  type Parser,
  peek,
  readElements,
  spanFrom,
  startOf,
  startsOperand,
  tooDeep,
} from "./parser.ts";
import { BRACE, DOUBLE_STAR, EQUAL, NAME, ROUND_END, STAR } from "./token.ts";

/** The arguments of a call or the bases of a class, with their parentheses. */
export function callArguments(p: Parser): PyArgument[] {
  const start = startOf(p);
  if (p.depth + bracketDepth > deepest) {
    tooDeep(p, start);
    return [];
  }
  p.depth += bracketDepth;
  advance(p);
  p.height = 0;
  let generated: PyComprehensionClause[] | null = null;
  const seen = { keyword: false, spread: false, misplaced: false };
  const found = readElements<PyArgument>(
    p,
    ROUND_END,
    (each) => {
      const isHalf = seen.misplaced && startOf(each) === each.end;
      const item = argument(each);
      if (startsComprehension(each) && item.kind === "positional") {
        const clauses = comprehensionClauses(each);
        if (each.kind === ROUND_END) generated = clauses;
        else complain(each, item.span, "A generator beside other arguments needs parentheses.");
      }
      checkOrder(each, item, seen);
      if (!isHalf) return item;
      // `relation="a", en,dpoints=b`: a comma in a name hurts both of its halves.
      each.hurt = true;
      return brokenArgument(item.span);
    },
    brokenArgument,
  );
  p.depth -= bracketDepth;
  p.height++;
  expect(p, ROUND_END);
  const [only] = found;
  if (!generated || !only) return found;
  if (found.length > 1) complain(p, only.span, "A generator beside other arguments needs parentheses.");
  const span = spanFrom(p, start);
  const value: PyExpression = {
    kind: "comprehension",
    span,
    result: "generator",
    element: only.value,
    clauses: generated,
  };
  return found.length > 1 ? found : [{ kind: "positional", span, name: null, value }];
}

interface ArgumentOrder {
  keyword: boolean;
  spread: boolean;
  /** Whether the last argument stood in the wrong place. */
  misplaced: boolean;
}

/** Positional arguments come first: what stands behind a keyword argument without one is mostly a name that is being typed. */
function checkOrder(p: Parser, item: PyArgument, seen: ArgumentOrder): void {
  seen.misplaced = false;
  if (item.kind === "keyword") seen.keyword = true;
  else if (item.kind === "double-star") seen.spread = true;
  else if (seen.spread || (seen.keyword && item.kind === "positional")) {
    complain(p, item.span, "A positional argument can't follow a keyword argument.");
    seen.misplaced = true;
  }
}

/** With something in it that can't be read, not even the name of an argument is sure. */
function brokenArgument(span: Span): PyArgument {
  return { kind: "positional", span, name: null, value: brokenItem(span) };
}

function argument(p: Parser): PyArgument {
  const start = startOf(p);
  if (accept(p, STAR)) {
    const value = p.grammar.expression(p);
    return { kind: "star", span: spanFrom(p, start), name: null, value };
  }
  if (accept(p, DOUBLE_STAR)) {
    const value = p.grammar.expression(p);
    return { kind: "double-star", span: spanFrom(p, start), name: null, value };
  }
  if (p.kind === NAME && peek(p, 1) === EQUAL) {
    const name = identifier(p);
    advance(p);
    const value = p.grammar.expression(p);
    return { kind: "keyword", span: spanFrom(p, start), name, value };
  }
  // `name value`: two operands side by side are a keyword argument without its `=`.
  const isParted = peek(p, 1) === BRACE || p.text.charCodeAt(endOf(p)) <= 32;
  if (p.damage && p.kind === NAME && startsOperand(peek(p, 1)) && isParted) {
    const name = identifier(p);
    complain(p, { start: p.end, end: p.end }, "A `=` is missing here.");
    const value = p.grammar.expression(p);
    return { kind: "keyword", span: spanFrom(p, start), name, value };
  }
  const value = p.grammar.named(p);
  return { kind: "positional", span: spanFrom(p, start), name: null, value };
}
