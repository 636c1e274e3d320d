import {
  type Argument,
  argumentValue,
  type BoundArguments,
  type CallSite,
  citedReason,
  type Fact,
  findCalls,
  type InstanceValue,
  isInstanceOf,
  known,
  namedArguments,
  optionsOfValue,
  type Program,
  type PyValue,
  unknown,
} from "#python";
import type { Location } from "#syntax";
import { type Constructor, constructorOf } from "../catalog/constructors.ts";
import { conceptOf, type LibraryConcept, qualifiedNamesOf } from "../catalog/library-names.ts";

/** Every call of a library class or function, itself or through a subclass of the charm, in any scope. */
export function callsOf(program: Program, concept: LibraryConcept): readonly CallSite[] {
  return findCalls(program, qualifiedNamesOf(concept));
}

/** Whether a value is what the constructor of this concept, or a subclass's, returns. */
export function isMadeBy(value: PyValue, concept: LibraryConcept): value is InstanceValue {
  return isInstanceOf(value, qualifiedNamesOf(concept));
}

/**
 * What a value may be, where a class that comes from one of two modules (a `try` around the imports of both generations of a
 * library) counts as one: its calls make the same thing either way.
 */
export function distinctOptions(value: PyValue): readonly PyValue[] {
  const seen = new Set<string>();
  return optionsOfValue(value).filter((option) => {
    const concept = option.kind === "instance" ? option.external.map(conceptOf).find((each) => each !== null) : null;
    if (option.kind !== "instance" || !concept || !option.call) return true;
    const key = `${concept} ${option.call.file.path}:${option.call.span.start}:${option.call.span.end}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The arguments of a library call, by the names that the library's constructor gives them. */
export interface LibraryArguments {
  readonly byName: ReadonlyMap<string, Argument>;
  /** Why more arguments may be given than can be read; null: these are all. */
  readonly open: string | null;
}

/**
 * Names positional arguments after the catalogue's parameter list; positions behind it make the list open, as does `hidden`,
 * where it says why an argument may be missed.
 */
export function libraryArguments(
  concept: LibraryConcept,
  args: BoundArguments | null,
  hidden: string | null = null,
): LibraryArguments {
  const signature = constructorOf(concept);
  if (!args) return { byName: new Map(), open: "how it was made can't be read" };
  const names = signature?.parameters.slice(0, signature.positional) ?? [];
  const surplus = args.positional.length > names.length;
  return {
    byName: namedArguments(args, names),
    open: args.open ?? hidden ?? (surplus ? surplusText(signature) : null),
  };
}

function surplusText(signature: Constructor | null): string {
  return signature?.positional === 0
    ? "a positional argument, and it takes keywords only"
    : "a positional argument whose parameter differs between versions";
}

/** The place of each argument's value. */
export function argumentPlaces(args: LibraryArguments): ReadonlyMap<string, Location> {
  return new Map([...args.byName].map(([name, each]) => [name, each.at]));
}

/** The place of an argument's value; null where the call does not give it. */
export function placeOfArgument(args: LibraryArguments, name: string): Location | null {
  return args.byName.get(name)?.at ?? null;
}

/**
 * An argument's value through `convert`. Where it is not given: `fallback` (the library's own default), but `unknown` if
 * `**kwargs` or damage may hide it.
 */
export function argumentFact<T>(
  program: Program,
  args: LibraryArguments,
  name: string,
  convert: (value: PyValue) => Fact<T>,
  fallback: () => Fact<T>,
): Fact<T> {
  const given = args.byName.get(name);
  if (given) return convert(argumentValue(program, given));
  return args.open === null
    ? fallback()
    : unknown(`\`${name}\` may be among arguments that can't be read: ${args.open}`);
}

/** The library's default as a fact that cites the library. */
export function defaultFact<T>(name: string, fallback: { readonly value: T; readonly citation: string }): Fact<T> {
  return known(fallback.value, [citedReason(`\`${name}\` is not given: the library's default`, fallback.citation)]);
}

/** Whether an argument is given at all: `None` counts as absent. */
export function givenFact(program: Program, args: LibraryArguments, name: string): Fact<"given" | "absent"> {
  return argumentFact<"given" | "absent">(program, args, name, givenOrAbsent, () => known("absent"));
}

function givenOrAbsent(value: PyValue): Fact<"given" | "absent"> {
  switch (value.kind) {
    case "none":
      return known("absent", value.because);
    case "unknown":
      return unknown(value.why, value.because);
    case "one-of": {
      const kinds = value.options.map(givenOrAbsent);
      const all = new Set(kinds.map((each) => (each.kind === "known" ? each.value : null)));
      const [only] = all;
      if (all.size === 1 && only) return known(only, value.because);
      return all.has(null)
        ? unknown("one of several values, not all of them readable", value.because)
        : { kind: "oneOf", options: ["given", "absent"], because: value.because };
    }
    default:
      return known("given", value.because);
  }
}
