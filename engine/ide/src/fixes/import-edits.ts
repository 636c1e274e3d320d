import { type PyModule, type PyStatement, type SourceFile, type Span, span, type TextEdit } from "#syntax";
import { indentationOf, lineBreakOf, lineEndOf, lineStartOf, nextLineOf, startsLine } from "../edits/layout.ts";

type ImportFrom = Extract<PyStatement, { kind: "import-from" }>;

/** The modules of the standard library that fixes import; a name of it goes beside others of the standard library. */
const STANDARD =
  /^(?:abc|collections|contextlib|dataclasses|enum|functools|hashlib|io|itertools|json|logging|os|pathlib|re|secrets|shutil|socket|subprocess|sys|tempfile|time|typing|urllib)(?:\.|$)/;

/**
 * Makes a name importable: extends an import of that module where there is one, else adds a line at its place among the
 * imports at the top of the module. Nothing where the name is imported already.
 */
export function addedImport(file: SourceFile, module: PyModule, from: string, name: string): TextEdit[] {
  const imports = topImports(module);
  const same = imports.filter((each): each is ImportFrom => each.kind === "import-from" && moduleOf(each) === from);
  if (same.some((each) => each.names.some((alias) => alias.name.text === name && alias.as === null))) return [];
  const extended = same.find((each) => each.names.every((alias) => alias.name.text !== "*"));
  if (extended) return extendedImport(file, extended, name);
  const line = `from ${from} import ${name}`;
  const nl = lineBreakOf(file);
  const neighbour = neighbourOf(file, imports, from);
  if (neighbour) return [besideImport(file, neighbour, line)];
  const first = module.body[0];
  const docstring = first?.kind === "expression" && first.value.kind === "string" ? first : null;
  const at = docstring
    ? nextLineOf(file.text, docstring.span.end)
    : first
      ? lineStartOf(file.text, first.span.start)
      : 0;
  return [{ span: span(at, at), newText: `${docstring ? nl : ""}${line}${nl}${docstring ? "" : nl}` }];
}

/** The neighbour for a new import from a module. */
export interface ImportNeighbour {
  readonly statement: PyStatement;
  readonly side: "above" | "below";
}

/** The place for an import from a module among those at the top; null where there is no neighbour. */
export function importNeighbour(file: SourceFile, module: PyModule, from: string): ImportNeighbour | null {
  return neighbourOf(file, topImports(module), from);
}

/** Puts lines behind, or before, an import. */
export function besideImport(file: SourceFile, { statement, side }: ImportNeighbour, lines: string): TextEdit {
  const nl = lineBreakOf(file);
  const at = side === "above" ? lineEndOf(file.text, statement.span.end) : lineStartOf(file.text, statement.span.start);
  return { span: span(at, at), newText: side === "above" ? nl + lines : lines + nl };
}

/** The imports at the top: everything up to the first statement that is neither import, docstring nor a guarded import. */
export function topImports(module: PyModule): PyModule["body"] {
  const found: PyModule["body"][number][] = [];
  for (const each of module.body) {
    if (each.kind === "import" || each.kind === "import-from") found.push(each);
    else if (each.kind === "class" || each.kind === "function") break;
  }
  return found;
}

/** Packages that every charm installs; the other imports in one block with them are installed too, not modules of the charm's own. */
const INSTALLED = /^(?:ops|charms|charmlibs|coordinated_workers|cosl|lightkube)$/;

/**
 * The neighbour of a new import: one of the same package, else an alphabetical neighbour among the installed packages,
 * separate from the standard library and the charm's own modules.
 */
function neighbourOf(file: SourceFile, imports: readonly PyStatement[], from: string): ImportNeighbour | null {
  const top = from.split(".")[0];
  const alike = imports.filter((each) => STANDARD.test(moduleOf(each)) === STANDARD.test(from));
  const named = alike.filter((each): each is ImportFrom => each.kind === "import-from" && each.level === 0);
  const related = named.filter((each) => moduleOf(each).split(".")[0] === top);
  const block = STANDARD.test(from) ? named : installedBlock(file, named);
  const above =
    related.findLast((each) => moduleOf(each) < from) ?? related[0] ?? block.findLast((each) => moduleOf(each) < from);
  if (above) return { statement: above, side: "above" };
  const below = block.find((each) => moduleOf(each) > from);
  if (below) return { statement: below, side: "below" };
  const last = alike.at(-1);
  if (last) return { statement: last, side: "above" };
  const first = STANDARD.test(from) ? imports[0] : undefined;
  return first ? { statement: first, side: "below" } : null;
}

/** The block of imports, without a blank line between, with one of an installed package; all where there is no such block. */
function installedBlock(file: SourceFile, imports: readonly ImportFrom[]): readonly ImportFrom[] {
  const at = imports.findIndex((each) => INSTALLED.test(moduleOf(each).split(".")[0] ?? ""));
  if (at < 0) return imports;
  const divided = (left: number) => {
    const [one, next] = [imports[left], imports[left + 1]];
    return !one || !next || /\n[ \t]*\r?\n/.test(file.text.slice(one.span.end, next.span.start));
  };
  let [start, end] = [at, at];
  while (start > 0 && !divided(start - 1)) start--;
  while (!divided(end)) end++;
  return imports.slice(start, end + 1);
}

/** The module of an import; the first one of `import a, b`. */
function moduleOf(statement: PyStatement): string {
  if (statement.kind === "import-from") return statement.level === 0 ? statement.module.text : ".";
  return statement.kind === "import" ? (statement.names[0]?.name.text ?? "") : "";
}

/** Adds a name to an import, in alphabetical order where the others are sorted. */
function extendedImport(file: SourceFile, statement: ImportFrom, name: string): TextEdit[] {
  const { text } = file;
  const open = text.indexOf("(", statement.module.span.end);
  const enclosed = open >= 0 && open < statement.span.end;
  const items = statement.names.map((each) => span(each.name.span.start, each.as?.span.end ?? each.name.span.end));
  const texts = items.map((each) => text.slice(each.start, each.end));
  const inOrder = texts.every((each, at) => at === 0 || (texts[at - 1] ?? "") <= each);
  const follower = items[inOrder ? texts.findIndex((each) => each > name) : -1];
  const last = items.at(-1);
  if (!follower) return last ? [behind(file, last, name)] : [];
  const separator =
    enclosed && startsLine(text, follower.start) ? `,${lineBreakOf(file)}${indentationOf(text, follower.start)}` : ", ";
  return [{ span: span(follower.start, follower.start), newText: name + separator }];
}

/** Behind the last name, on a line of its own where that one has its own. */
function behind(file: SourceFile, last: Span, name: string): TextEdit {
  const { text } = file;
  const separator = startsLine(text, last.start) ? `,${lineBreakOf(file)}${indentationOf(text, last.start)}` : ", ";
  return { span: span(last.end, last.end), newText: separator + name };
}
