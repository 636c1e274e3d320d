import { type CharmModel, packagedRelationNames } from "#charm";
import { type PyClass, type PyExpression, type PyModule, parsePython, type SourceFile } from "#syntax";
import { charmFacts } from "../facts/charm-facts.ts";
import { visitPython } from "../fixes/python-tree.ts";

/** A library's class that takes a relation by its usual name where a call does not say another. */
export interface AssumedName {
  readonly className: string;
  /** The parameter that would say it. */
  readonly parameter: string;
}

type Call = Extract<PyExpression, { kind: "call" }>;

/** A class of a library, the parameter that defaults to the name, and the parameter's place behind `self`. */
interface Taker extends AssumedName {
  readonly module: string;
  /** Infinity where the parameter can be given by its keyword only. */
  readonly index: number;
}

/** How charm libraries call the parameters that take a relation's name. */
const RELATION_PARAMETER = /(?:relation|relationship|endpoint)(?:_name)?$|_(?:requires|provides)_name$/;

/**
 * The class of a vendored or packaged library that the charm's own Python calls and that uses a relation of this name by default; null
 * where there is none. A call with `*args` or `**kwargs` may pass another name, so it does not count.
 */
export function assumedName(charm: CharmModel, endpoint: string): AssumedName | null {
  const packaged = packagedRelationNames(endpoint).map(({ module, className, parameter, position }) => ({
    module,
    className,
    parameter,
    index: position ?? Number.POSITIVE_INFINITY,
  }));
  const takers = [...packaged, ...[...charm.charm.files].flatMap(([path, file]) => takersIn(path, file, endpoint))];
  if (takers.length === 0) return null;
  const { python } = charmFacts(charm);
  for (const file of python.own) {
    const module = python.module(file);
    let found: AssumedName | null = null;
    visitPython(module, (node) => {
      if (node.kind === "call")
        found ??= takers.find((taker) => assumes(node as unknown as Call, taker, module)) ?? null;
      return found === null;
    });
    if (found) return found;
  }
  return null;
}

function takersIn(path: string, file: SourceFile, endpoint: string): Taker[] {
  const library = /^lib\/(charms\/.+)\.py$/.exec(path)?.[1];
  // Most libraries don't hold the word at all: they need no look inside.
  if (library === undefined || !file.text.includes(endpoint)) return [];
  const module = parsePython(file);
  return module.body.flatMap((each) => {
    if (each.kind !== "class") return [];
    const taken = parameterFor(each, module, endpoint);
    return taken ? [{ ...taken, className: each.name.text, module: library.replaceAll("/", ".") }] : [];
  });
}

function parameterFor(
  { body }: PyClass,
  module: PyModule,
  endpoint: string,
): { readonly parameter: string; readonly index: number } | null {
  const init = body.find((each) => each.kind === "function" && each.name.text === "__init__");
  if (init?.kind !== "function") return null;
  const [, ...parameters] = init.parameters;
  const index = parameters.findIndex(
    (each) => RELATION_PARAMETER.test(each.name.text) && textOf(each.default, module) === endpoint,
  );
  const parameter = parameters[index];
  return parameter ? { parameter: parameter.name.text, index } : null;
}

/** A string literal, or the module's constant behind a name. */
function textOf(value: PyExpression | null, module: PyModule): string | null {
  if (value?.kind === "string") return value.value;
  if (value?.kind !== "name") return null;
  const assigned = module.body.find(
    (each) => each.kind === "assign" && each.targets.some((target) => target.kind === "name" && target.id === value.id),
  );
  return assigned?.kind === "assign" && assigned.value.kind === "string" ? assigned.value.value : null;
}

/** Whether a name of a module is the class, also by another name (`import … as …`). */
function isImported({ body }: PyModule, name: string, taker: Taker): boolean {
  return body.some(
    (each) =>
      each.kind === "import-from" &&
      each.level === 0 &&
      each.module.text === taker.module &&
      each.names.some((alias) => alias.name.text === taker.className && (alias.as ?? alias.name).text === name),
  );
}

function assumes({ callee, args }: Call, taker: Taker, module: PyModule): boolean {
  const isClass =
    callee.kind === "name"
      ? isImported(module, callee.id, taker)
      : callee.kind === "attribute" && callee.name.text === taker.className;
  if (!isClass || args.some(({ kind }) => kind === "star" || kind === "double-star")) return false;
  const positional = args.filter(({ kind }) => kind === "positional").length;
  return positional <= taker.index && !args.some(({ name }) => name?.text === taker.parameter);
}
