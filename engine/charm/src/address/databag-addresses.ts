import {
  argumentValue,
  asString,
  type ClassInfo,
  callsNamed,
  classesOf,
  evaluate,
  externalBases,
  type Frame,
  functionsOf,
  genericFrame,
  knownValue,
  optionsOfValue,
  type Program,
  type PyValue,
  reasonAt,
  type Scope,
} from "#python";
import type { PyExpression, PyFunction } from "#syntax";
import type { PublishedAddress } from "../charm-model.ts";
import type { DatabagWrite } from "../source/databag-writes.ts";
import { sourceFacts } from "../source/source-facts.ts";
import { walkNode } from "../source/syntax-walk.ts";
import { addressesIn, type ReadAddress } from "./address-value.ts";
import { kindFact, namedService, portFact, schemeFact } from "./published-address.ts";
import { relationsOfHandler } from "./relation-handlers.ts";

/** Keys that hold an address; a value under another key counts only if it looks like an address. */
export const ADDRESS_KEY =
  /(?:^|[_-])(?:url|urls|uri|host|hosts|hostname|address|fqdn|endpoint|endpoints|ip)$|^(?:url|host)/i;

/**
 * Addresses that the charm's own Python writes into databags: by a class of its own that is made for one relation (the
 * endpoint's name among its arguments), or by a method that names one relation. An address of an unknown relation
 * is omitted.
 */
export function databagAddresses(program: Program, declared: ReadonlySet<string>): readonly PublishedAddress[] {
  const scopes = new Map<PyFunction, Scope>();
  for (const scope of functionsOf(program)) if (scope.node.kind === "function") scopes.set(scope.node, scope);
  const classes = classesOf(program);
  const files = new Set([...scopes.values()].map((scope) => scope.module));
  const found: PublishedAddress[] = [];
  for (const module of files) {
    for (const write of sourceFacts(module.file, module.tree).databagWrites) {
      const scope = scopes.get(write.function);
      if (!scope) continue;
      const at = { file: module.file, span: write.value.span };
      const frame = genericFrame(program, scope);
      const owner = classes.find((each) => each.scope === scope.parent) ?? null;
      // Asked for before the value, which may take long to work out.
      const relations = relationsOfWrite(program, owner, scope, frame, declared, write);
      if (relations.length === 0) continue;
      const addresses = addressesUnder(program, write, frame, at);
      if (addresses.length === 0) continue;
      const because = [reasonAt(at, `\`${write.key}\` is written into the relation's databag`)];
      for (const relation of relations) {
        const address = kindFact(addresses, because);
        found.push({
          relation,
          address,
          port: portFact(addresses, because),
          scheme: schemeFact(addresses, because),
          service: namedService(addresses),
          location: at,
        });
      }
    }
  }
  return found;
}

function addressesUnder(
  program: Program,
  write: DatabagWrite,
  frame: Frame,
  at: PublishedAddress["location"],
): readonly ReadAddress[] {
  const addresses = addressesIn(program, evaluate(program, write.value, frame), at);
  return ADDRESS_KEY.test(write.key) ? addresses : addresses.filter((each) => each.kind !== null);
}

function relationsOfWrite(
  program: Program,
  owner: ClassInfo | null,
  scope: Scope,
  frame: Frame,
  declared: ReadonlySet<string>,
  write: DatabagWrite,
): readonly string[] {
  if (owner && !isCharm(program, owner)) return relationsOfClass(program, owner, declared);
  const named = relationsNamed(program, write, frame);
  if (named.length > 0) return named.filter((each) => declared.has(each));
  const relations = relationsOfHandler(program, scope, frame).filter((each) => declared.has(each));
  return relations.length === 1 ? relations : [];
}

/**
 * The endpoints that the written relation comes from, where the function names them: `self.model.relations[name]` and
 * `self.model.get_relation(name)`, directly or through a loop or a local name. A name with several values means each.
 */
function relationsNamed(program: Program, write: DatabagWrite, frame: Frame): readonly string[] {
  const names = (expression: PyExpression): readonly string[] => {
    if (expression.kind === "call" && expression.callee.kind === "attribute") {
      const [first] = expression.args;
      return expression.callee.name.text === "get_relation" && first
        ? textsOf(evaluate(program, first.value, frame))
        : [];
    }
    if (expression.kind !== "subscript") return [];
    const { object, index } = expression;
    if (object.kind === "attribute" && object.name.text === "relations")
      return textsOf(evaluate(program, index, frame));
    return names(object);
  };
  const direct = names(write.relation);
  if (direct.length > 0 || write.relation.kind !== "name") return direct;
  const { id } = write.relation;
  const found = new Set<string>();
  walkNode(write.function, (node) => {
    if (node.kind === "for" && node.target.kind === "name" && node.target.id === id)
      for (const name of names(node.iterable)) found.add(name);
    if (node.kind === "assign" && node.targets.some((each) => each.kind === "name" && each.id === id))
      for (const name of names(node.value)) found.add(name);
    if (node.kind === "walrus" && node.target.text === id) for (const name of names(node.value)) found.add(name);
  });
  return [...found];
}

/** The texts that a value may be; empty where one of them can't be read. */
function textsOf(value: PyValue): readonly string[] {
  const texts = optionsOfValue(value).map((each) => (each.kind === "string" && !each.bytes ? each.value : null));
  return texts.every((each) => each !== null) ? texts : [];
}

function isCharm(program: Program, info: ClassInfo): boolean {
  return externalBases(program, info).some((name) => /(?:^|\.)\w*Charm(?:Base)?$/.test(name));
}

/** The endpoints among the arguments of each call that makes the class, or the default of its relation parameter. */
function relationsOfClass(program: Program, info: ClassInfo, declared: ReadonlySet<string>): readonly string[] {
  const relations = new Set<string>();
  for (const site of callsNamed(program, [info.name])) {
    if (site.class !== info) continue;
    const given = [...site.arguments.positional, ...site.arguments.keywords.values()]
      .map((argument) => knownValue(asString(argumentValue(program, argument))))
      .filter((name) => name !== undefined && declared.has(name));
    for (const name of given) if (name !== undefined) relations.add(name);
    if (given.length === 0) {
      const fallback = defaultRelation(program, info);
      if (fallback !== null && declared.has(fallback)) relations.add(fallback);
    }
  }
  return [...relations];
}

function defaultRelation(program: Program, info: ClassInfo): string | null {
  const init = info.node.body.find((each) => each.kind === "function" && each.name.text === "__init__");
  if (init?.kind !== "function") return null;
  const parameter = init.parameters.find((each) => /relation|endpoint/.test(each.name.text) && each.default);
  if (!parameter?.default) return null;
  return knownValue(asString(evaluate(program, parameter.default, info.frame))) ?? null;
}
