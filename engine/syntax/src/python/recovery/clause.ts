import type { Patch } from "../../text/patch.ts";
import type { PyExpression, PyHandler, PyStatement } from "../node.ts";
import type { Frame } from "./heal.ts";
import { placeholder } from "./placeholder.ts";

/** How the head of one clause is parsed alone: as part of a whole statement made around it. */
export interface ClauseForm {
  /** For a head with its body below it. */
  readonly block: Frame;
  /** For a head with its body on the same line. */
  readonly inline: Frame;
  /** What may be missing at the end of the head. */
  readonly endings: readonly string[];
}

const value = [":", ` ${placeholder}:`, ` else ${placeholder}:`];

function form(prefix: string, endings: readonly string[], block = " pass", inline = ""): ClauseForm {
  return { block: { prefix, suffix: block }, inline: { prefix, suffix: inline }, endings };
}

const forms: Readonly<Record<string, ClauseForm>> = {
  if: form("", value),
  while: form("", value),
  with: form("", value),
  for: form("", [...value, ` in ${placeholder}:`, ` ${placeholder} in ${placeholder}:`]),
  def: form("", [":", "():", ` ${placeholder}:`, ` ${placeholder}():`]),
  class: form("", [":", ` ${placeholder}:`]),
  elif: form("if x: pass\n", value),
  else: form("if x: pass\n", [":"]),
  try: form("", [":"], " pass\nfinally: pass", "\nfinally: pass"),
  except: form("try: pass\n", value),
  finally: form("try: pass\n", [":"]),
  match: form("", value, "\n case _: pass", "\n case _: pass"),
  case: form("match x:\n ", value),
};

const plain = form("", value);

/** How a clause is written, by its first word; a statement without a block of its own where the word begins none. */
export function clauseForm(keyword: string): ClauseForm {
  return forms[keyword] ?? plain;
}

/** The last resort: the head with nothing left of it but its keyword, and its name where it has one. */
export function bareHead(text: string, start: number, end: number, keyword: string): Patch {
  const head = text.slice(start, end);
  const name = /^(?:async\s+)?(?:def|class)\s+(\w+)/.exec(head)?.[1] ?? placeholder;
  const lead = /^async\b/.test(head) ? "async " : "";
  const rest: Readonly<Record<string, string>> = {
    def: `def ${name}(${placeholder}):`,
    class: `class ${name}(${placeholder}):`,
    for: `for ${placeholder} in ${placeholder}:`,
    else: "else:",
    try: "try:",
    finally: "finally:",
  };
  return { start, end, newText: lead + (rest[keyword] ?? `${keyword} ${placeholder}:`) };
}

/** What one clause contributes to its statement, taken out of the statement that was made around it. */
export interface ClauseNode {
  readonly keyword: string;
  /** The whole statement, for a clause that opens one. */
  readonly statement: PyStatement | null;
  readonly test: PyExpression | null;
  readonly handler: PyHandler | null;
  readonly pattern: { readonly start: number; readonly end: number } | null;
  /** The body where it stands on the head's own line. */
  readonly body: readonly PyStatement[];
  readonly start: number;
}

/** The clause in a statement that was parsed in its form. */
export function clauseNode(keyword: string, statement: PyStatement | undefined, start: number): ClauseNode {
  const node: ClauseNode = { keyword, statement: null, test: null, handler: null, pattern: null, body: [], start };
  if (!statement) return node;
  if (keyword === "elif" || keyword === "else") {
    const otherwise = statement.kind === "if" ? statement.otherwise : [];
    const [inner] = otherwise;
    if (keyword === "else") return { ...node, body: otherwise };
    return inner?.kind === "if" ? { ...node, test: inner.test, body: inner.then } : node;
  }
  if (keyword === "except" || keyword === "finally") {
    if (statement.kind !== "try") return node;
    const handler = statement.handlers[0] ?? null;
    return { ...node, handler, body: handler?.body ?? statement.final };
  }
  if (keyword === "case") {
    const found = statement.kind === "match" ? statement.cases[0] : undefined;
    return found ? { ...node, test: found.guard, pattern: found.pattern, body: found.body } : node;
  }
  const body = statement.kind === "if" ? statement.then : "body" in statement ? statement.body : [];
  return { ...node, statement, body };
}
