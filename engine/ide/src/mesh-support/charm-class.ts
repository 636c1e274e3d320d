import type { PyClass, PyFunction, PyStatement, SourceFile } from "#syntax";
import type { PythonSources } from "../facts/charm-facts.ts";

/** The class that is the charm, its constructor, and the statement there that calls the constructor of ops. */
export interface CharmClass {
  readonly file: SourceFile;
  readonly owner: PyClass;
  readonly superCall: PyStatement;
}

/**
 * Finds the class of a plain charm: the one in `src/charm.py` (else in the charm's other Python) that has a base called
 * `…CharmBase` or `…Charm` and a constructor with `super().__init__(…)`. null where there is none or more than one.
 */
export function charmClass(python: PythonSources): CharmClass | null {
  const files = [...python.own].sort((a, b) => Number(isMain(b)) - Number(isMain(a)));
  for (const file of files) {
    const found = python.module(file).body.flatMap((each) => (each.kind === "class" ? charmClassOf(file, each) : []));
    const [only, another] = found;
    if (only) return another ? null : only;
  }
  return null;
}

function isMain(file: SourceFile): boolean {
  return file.path.endsWith("src/charm.py");
}

function charmClassOf(file: SourceFile, owner: PyClass): CharmClass[] {
  const isCharm = owner.bases.some((base) => /Charm(?:Base)?$/.test(lastName(file, base.value.span)));
  const making = owner.body.find(
    (each): each is PyFunction => each.kind === "function" && each.name.text === "__init__",
  );
  const superCall = making?.body.find((each) => each.kind === "expression" && callsSuper(file, each));
  return isCharm && superCall ? [{ file, owner, superCall }] : [];
}

function callsSuper(file: SourceFile, { span }: PyStatement): boolean {
  return /^super\([^)]*\)\s*\.\s*__init__\s*\(/.test(file.text.slice(span.start, span.end));
}

/** The last part of a dotted name; a subscript (`TypedCharmBase[Config]`) is left off. */
function lastName(file: SourceFile, { start, end }: { readonly start: number; readonly end: number }): string {
  return file.text.slice(start, end).replace(/\[.*$/s, "").split(".").at(-1)?.trim() ?? "";
}
