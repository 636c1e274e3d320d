import type { Span } from "../../text/span.ts";
import type { PyArgument, PyDictEntry, PyExpression, PyStatement } from "../node.ts";
import { placedAt } from "./moved.ts";

/** Called for each place where a node of the last good text replaces a broken one. */
type OnStale = (span: Span) => void;

/**
 * A statement with what is broken in it replaced by what stood there in the last good text, as far as the two have the same
 * form; what has no counterpart stays broken. `old` is the statement that began at the same place.
 */
export function withStale(now: PyStatement, old: PyStatement, onStale: OnStale): PyStatement {
  if (now.kind === "broken") {
    // The body of a compound statement is read by itself; only its head can be broken, and that is never a whole statement.
    if (old.kind === "broken" || "body" in old || old.kind === "if" || old.kind === "match") return now;
    onStale(now.span);
    return placedAt(old, now.span);
  }
  const fill = (a: PyExpression, b: PyExpression) => expression(a, b, onStale);
  if (now.kind === "assign" && old.kind === "assign") return { ...now, value: fill(now.value, old.value) };
  if (now.kind === "annotated-assign" && old.kind === "annotated-assign") {
    return now.value && old.value ? { ...now, value: fill(now.value, old.value) } : now;
  }
  if (now.kind === "augmented-assign" && old.kind === "augmented-assign")
    return { ...now, value: fill(now.value, old.value) };
  if (now.kind === "expression" && old.kind === "expression") return { ...now, value: fill(now.value, old.value) };
  if ((now.kind === "return" && old.kind === "return") || (now.kind === "raise" && old.kind === "raise")) {
    return now.value && old.value ? { ...now, value: fill(now.value, old.value) } : now;
  }
  if (now.kind === "import-from" && old.kind === "import-from" && now.names.length === 0) {
    onStale(now.span);
    return placedAt(old, now.span);
  }
  return head(now, old, fill, onStale);
}

/** A compound statement whose head is broken. */
function head(
  now: PyStatement,
  old: PyStatement,
  fill: (a: PyExpression, b: PyExpression) => PyExpression,
  onStale: OnStale,
): PyStatement {
  if ((now.kind === "if" && old.kind === "if") || (now.kind === "while" && old.kind === "while")) {
    return { ...now, test: fill(now.test, old.test) };
  }
  if (now.kind === "for" && old.kind === "for") {
    return { ...now, target: fill(now.target, old.target), iterable: fill(now.iterable, old.iterable) };
  }
  if (now.kind === "class" && old.kind === "class") {
    const name = now.name.text === "" ? placedAt(old.name, now.name.span) : now.name;
    return { ...now, name, bases: callArguments(now.bases, old.bases, onStale) };
  }
  if (now.kind === "function" && old.kind === "function") {
    const name = now.name.text === "" ? placedAt(old.name, now.name.span) : now.name;
    const returns = now.returns && old.returns ? fill(now.returns, old.returns) : now.returns;
    const lost = now.parameters.find((parameter) => parameter.name.text === "");
    if (!lost) return { ...now, name, returns };
    onStale(lost.span);
    return { ...now, name, returns, parameters: placedAt(old.parameters, lost.span) };
  }
  return now;
}

function expression(now: PyExpression, old: PyExpression, onStale: OnStale): PyExpression {
  if (now.kind === "broken" || (now.kind === "attribute" && now.name.text === "")) {
    if (old.kind === "broken") return now;
    onStale(now.span);
    return placedAt(old, now.span);
  }
  if (now.kind === "call" && old.kind === "call") {
    return {
      ...now,
      callee: expression(now.callee, old.callee, onStale),
      args: callArguments(now.args, old.args, onStale),
    };
  }
  if (now.kind === "dict" && old.kind === "dict")
    return { ...now, entries: dictEntries(now.entries, old.entries, onStale) };
  if ((now.kind === "list" || now.kind === "tuple" || now.kind === "set") && old.kind === now.kind) {
    return { ...now, items: elements(now.items, old.items, onStale) };
  }
  if (now.kind === "subscript" && old.kind === "subscript") {
    return {
      ...now,
      object: expression(now.object, old.object, onStale),
      index: expression(now.index, old.index, onStale),
    };
  }
  if (now.kind === "attribute" && old.kind === "attribute")
    return { ...now, object: expression(now.object, old.object, onStale) };
  if (now.kind === "lambda" && old.kind === "lambda") return { ...now, body: expression(now.body, old.body, onStale) };
  if ((now.kind === "binary" && old.kind === "binary") || (now.kind === "boolean" && old.kind === "boolean")) {
    return { ...now, left: expression(now.left, old.left, onStale), right: expression(now.right, old.right, onStale) };
  }
  if (now.kind === "conditional" && old.kind === "conditional") {
    const otherwise = expression(now.otherwise, old.otherwise, onStale);
    const test = expression(now.test, old.test, onStale);
    // biome-ignore lint/suspicious/noThenProperty: our name for what an expression yields when its test holds; no promise is near
    return { ...now, test, then: expression(now.then, old.then, onStale), otherwise };
  }
  return now;
}

/** By place, counted from the start and, where an element came or went, from the end; a broken one may have no counterpart. */
function elements(
  now: readonly PyExpression[],
  old: readonly PyExpression[],
  onStale: OnStale,
): readonly PyExpression[] {
  if (now.length !== old.length) return now;
  return now.map((item, index) => expression(item, old[index] ?? item, onStale));
}

/** Keyword arguments by name, positional ones by place; a broken one stands for the old one that is nowhere else. */
function callArguments(
  now: readonly PyArgument[],
  old: readonly PyArgument[],
  onStale: OnStale,
): readonly PyArgument[] {
  const isBroken = (arg: PyArgument) => arg.kind === "positional" && arg.value.kind === "broken";
  const stoodAt = standIns(
    now.map((arg) => (isBroken(arg) ? null : arg.name?.text)),
    old.map((arg) => (arg.kind === "keyword" ? arg.name?.text : undefined)),
  );
  return now.map((arg, index) => {
    if (isBroken(arg)) {
      const stood = old[index]?.kind === "positional" ? old[index] : old[stoodAt.get(index) ?? -1];
      if (!stood) return arg;
      onStale(arg.span);
      return placedAt(stood, arg.span);
    }
    const same = old.find((each, place) =>
      arg.name ? each.name?.text === arg.name.text : each.kind === arg.kind && place === index,
    );
    return same ? { ...arg, value: expression(arg.value, same.value, onStale) } : arg;
  });
}

/** Pairs by key; one whose key is broken stands for the old one that is nowhere else. */
function dictEntries(
  now: readonly PyDictEntry[],
  old: readonly PyDictEntry[],
  onStale: OnStale,
): readonly PyDictEntry[] {
  const keys = new Map(old.flatMap((entry) => (entry.kind === "pair" ? [[keyOf(entry.key), entry] as const] : [])));
  const stoodAt = standIns(
    now.map((entry) => (entry.kind !== "pair" ? undefined : entry.key.kind === "broken" ? null : keyOf(entry.key))),
    old.map((entry) => (entry.kind === "pair" ? keyOf(entry.key) || undefined : undefined)),
  );
  return now.map((entry, index) => {
    if (entry.kind === "spread") return entry;
    if (entry.key.kind === "broken") {
      const stood = old[stoodAt.get(index) ?? -1];
      if (!stood) return entry;
      onStale(entry.span);
      return placedAt(stood, entry.span);
    }
    const same = keys.get(keyOf(entry.key));
    return same ? { ...entry, value: expression(entry.value, same.value, onStale) } : entry;
  });
}

/**
 * Which old element stands in for which broken one, by their indexes. Elements are given as their keys: null for a broken one,
 * undefined for one without a key. An old one stands in if its key is nowhere now, the one behind the last common neighbour
 * first. A sound element with a new key has taken the place of the old one there, unless elements were added.
 */
function standIns(
  now: readonly (string | null | undefined)[],
  old: readonly (string | undefined)[],
): ReadonlyMap<number, number> {
  const present = new Set(now);
  const places = new Map(old.map((key, index) => [key, index] as const));
  const spare = new Set(old.flatMap((key, index) => (key === undefined || present.has(key) ? [] : [index])));
  const found = new Map<number, number>();
  let last = -1;
  for (const [index, key] of now.entries()) {
    if (key === undefined) continue;
    if (key === null) {
      const [first] = spare;
      const stood = spare.has(last + 1) ? last + 1 : first;
      if (stood === undefined) continue;
      found.set(index, stood);
      spare.delete(stood);
      last = stood;
    } else if (places.has(key)) last = places.get(key) ?? last;
    else if (now.length <= old.length && spare.delete(last + 1)) last++;
  }
  return found;
}

/** A text that identifies a key; "" for a key that can't be compared. */
function keyOf(key: PyExpression): string {
  if (key.kind === "string") return `s${key.value}`;
  if (key.kind === "name") return `n${key.id}`;
  if (key.kind === "number") return `i${key.value}`;
  return key.kind === "attribute" ? `${keyOf(key.object)}.${key.name.text}` : "";
}
