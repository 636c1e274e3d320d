import {
  type Argument,
  argumentValue,
  type BoundArguments,
  baseArguments,
  type ClassInfo,
  type InstanceValue,
  namesInBodies,
  type Program,
} from "#python";
import type { Location } from "#syntax";
import { constructorOf } from "../catalog/constructors.ts";
import type { LibraryConcept } from "../catalog/library-names.ts";
import { type Damage, hiddenArguments } from "../source/damage.ts";
import { type LibraryArguments, libraryArguments } from "./library-calls.ts";

/** The arguments of one of the library's pydantic models. */
export interface ModelArguments extends LibraryArguments {
  /** What is passed by position, which such a model does not take (TypeError). */
  readonly positional: readonly Location[];
}

/** How a model was made; `class` is the charm's own subclass of it, if it is one. */
export interface ModelCall {
  readonly call: Location | null;
  readonly class: ClassInfo | null;
  /** As the library's own class receives them. */
  readonly arguments: BoundArguments | null;
}

/** How an instance of a model, or of a subclass of it, was made. */
export function modelCall(program: Program, value: InstanceValue): ModelCall {
  const args = value.class && value.arguments ? baseArguments(program, value) : value.arguments;
  return { call: value.call, class: value.class, arguments: args };
}

/**
 * What the library's model is given. A subclass with members of its own may have more fields, defaults for these or
 * validators, so its list of arguments is open and holds the library's fields only. Damaged text hides arguments as well.
 */
export function modelArguments(
  program: Program,
  concept: LibraryConcept,
  made: ModelCall,
  damage: Damage,
): ModelArguments {
  const hidden = made.call && hiddenArguments(damage, made.call, made.arguments);
  const args = libraryArguments(concept, made.arguments, hidden);
  const visible = hidden === null ? (made.arguments?.positional ?? []) : [];
  const positional = visible.filter((each) => isCertain(program, each)).map((each) => each.at);
  if (!made.class || !hasMembers(program, made.class)) return { ...args, positional };
  const fields = constructorOf(concept)?.parameters ?? [];
  return {
    byName: new Map([...args.byName].filter(([name]) => fields.includes(name))),
    open: args.open ?? `\`${made.class.name}\` may set fields of its own`,
    positional: [],
  };
}

/** A name that is bound nowhere is a keyword that is being typed. */
function isCertain(program: Program, argument: Argument): boolean {
  if (argument.condition !== null) return false;
  return argument.expression?.kind !== "name" || argumentValue(program, argument).kind !== "unknown";
}

function hasMembers(program: Program, info: ClassInfo): boolean {
  return [...namesInBodies(program, info)].some((name) => name !== "__init__");
}
