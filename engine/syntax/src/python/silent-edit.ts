import type { SourceFile } from "../text/source-file.ts";
import type { Span } from "../text/span.ts";
import { parsePython } from "./module.ts";
import type { PyModule } from "./node.ts";
import { type Change, changeBetween } from "./recovery/last.ts";

/** An edit that changes no code: everything behind the offset `at` of the old text is moved by `by` characters, and nothing else. */
interface SilentEdit {
  readonly at: number;
  readonly by: number;
}

/**
 * The edit between two texts of a file if all of it lies inside one comment or one docstring, outside of any expression: the program
 * then means the same. Null for every other edit, and where one of the texts is not Python.
 */
export function silentEdit(before: SourceFile, after: SourceFile): SilentEdit | null {
  const [old, now] = [parsePython(before), parsePython(after, before)];
  if (!isSound(old) || !isSound(now)) return null;
  const change = changeBetween(before.text, after.text);
  const by = change.newEnd - change.oldEnd;
  const comment = commentAround(old, change);
  if (comment) {
    const { start, end } = comment;
    const isKept = now.comments.some(({ span }) => span.start === start && span.end === end + by);
    return isKept && !isInExpression(old, start) ? { at: start, by } : null;
  }
  const docstring = docstringAround(old, change.start, change.oldEnd);
  if (!docstring) return null;
  const { start, end } = docstring;
  const again = docstringAround(now, change.start, change.newEnd);
  return again?.start === start && again.end === end + by ? { at: start, by } : null;
}

function isSound(module: PyModule): boolean {
  return !module.damaged && module.problems.length === 0 && module.stale.length === 0;
}

function commentAround({ comments }: PyModule, { start, oldEnd }: Change): Span | null {
  return comments.find(({ span }) => span.start < start && oldEnd <= span.end)?.span ?? null;
}

type Plain = { readonly [key: string]: unknown };

/** The nodes around the stretch, from the outermost to the innermost. */
function nodesAround(module: PyModule, from: number, to: number): readonly Plain[] {
  const path: Plain[] = [];
  let inside: unknown = module.body;
  while (inside !== null) {
    const next = childAround(inside, from, to);
    if (next) path.push(next);
    inside = next;
  }
  return path;
}

/** The child of a node, or the item of a list, whose span lies around the stretch; lists and clauses without spans are looked through. */
function childAround(value: unknown, from: number, to: number): Plain | null {
  if (typeof value !== "object" || value === null) return null;
  for (const child of Object.values(value)) {
    if (typeof child !== "object" || child === null || "start" in child) continue;
    const span = (child as Plain)["span"] as Span | undefined;
    if (!span || Array.isArray(child)) {
      const found = childAround(child, from, to);
      if (found) return found;
    } else if (span.start < from && to < span.end) return child as Plain;
  }
  return null;
}

/** Statements with blocks, between whose parts a comment is no part of an expression. */
const COMPOUND: ReadonlySet<unknown> = new Set(["function", "class", "if", "for", "while", "with", "try", "match"]);

function isInExpression(module: PyModule, at: number): boolean {
  return nodesAround(module, at, at).some((node) => {
    const pattern = node["pattern"] as Span | undefined;
    const isInPattern = pattern !== undefined && pattern.start < at && at < pattern.end;
    return isInPattern || !(COMPOUND.has(node["kind"]) || "body" in node);
  });
}

/** The span of a statement that is nothing but a string, if the stretch lies between its quotes. */
function docstringAround(module: PyModule, from: number, to: number): Span | null {
  const statement = nodesAround(module, from, to).find((node) => node["kind"] === "expression");
  const string = statement?.["value"] as Plain | undefined;
  return statement && string?.["kind"] === "string" ? (string["span"] as Span) : null;
}
