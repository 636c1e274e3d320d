import {
  type Argument,
  argumentValue,
  asCoercedIntList,
  asStringList,
  type DictValue,
  type Fact,
  iterated,
  known,
  knownValue,
  orNone,
  type Program,
  type PyValue,
  unknown,
} from "#python";
import type { Location } from "#syntax";
import type { DeclaredEndpoint } from "../declared-policy.ts";
import type { Damage } from "../source/damage.ts";
import { argumentFact, argumentPlaces, distinctOptions, isMadeBy } from "./library-calls.ts";
import { type ModelArguments, modelArguments, modelCall } from "./model-arguments.ts";
import { givenArguments, plainData } from "./plain-data.ts";

/**
 * The endpoints of a policy: `Endpoint(...)` objects, or dicts, which pydantic takes as well. A list that is only partly
 * readable is a subset, one that is not readable at all `unknown`. What is being typed may hide arguments.
 */
export function declaredEndpoints(
  program: Program,
  argument: Argument,
  damage: Damage,
): Fact<readonly DeclaredEndpoint[]> {
  const value = argumentValue(program, argument);
  const list = value.kind === "one-of" ? null : iterated(program, value);
  if (!list) {
    const why = value.kind === "unknown" ? value.why : "the list of endpoints can't be read";
    return unknown(why, value.because);
  }
  const possible: DeclaredEndpoint[] = [];
  const always: DeclaredEndpoint[] = [];
  let open = list.open !== null;
  for (const element of list.elements) {
    const options = distinctOptions(element.value).map((each) => declaredEndpoint(program, each, element.at, damage));
    const read = options.filter((each) => each !== null);
    if (read.length < options.length) open = true;
    for (const each of read) possible.push(each);
    if (options.length === 1 && element.condition === null) for (const each of read) always.push(each);
  }
  if (!open && always.length === possible.length) return known(possible, value.because);
  return { kind: "subsetOf", possible, always, open, because: value.because };
}

function declaredEndpoint(program: Program, value: PyValue, at: Location, damage: Damage): DeclaredEndpoint | null {
  const args =
    value.kind === "dict"
      ? dictArguments(program, value)
      : isMadeBy(value, "Endpoint")
        ? modelArguments(program, "Endpoint", modelCall(program, value), damage)
        : null;
  if (!args) return null;
  const list = <T>(name: string, convert: (value: PyValue) => Fact<T>): Fact<T | null> =>
    argumentFact<T | null>(program, args, name, orNone(convert), () => known(null));
  return {
    ports: list("ports", asCoercedIntList),
    methods: list("methods", asStringList),
    paths: list("paths", asStringList),
    hosts: list("hosts", asStringList),
    call: (value.kind === "instance" ? value.call : value.kind === "dict" ? value.at : null) ?? at,
    arguments: argumentPlaces(args),
    given: givenArguments(program, args.byName),
    argumentsOpen: args.open !== null,
    positional: args.positional,
  };
}

function dictArguments(program: Program, dict: DictValue): ModelArguments {
  const byName = new Map<string, Argument>();
  let open = dict.open;
  for (const entry of dict.entries) {
    const name = knownValue(plainData(program, entry.key));
    if (typeof name !== "string") {
      open ??= "a key that can't be read";
      continue;
    }
    byName.set(name, {
      name,
      keyword: entry.keyAt,
      at: entry.at,
      expression: null,
      frame: null,
      value: entry.value,
      condition: entry.condition,
    });
  }
  return { byName, open, positional: [] };
}
