import {
  type Argument,
  argumentValue,
  asInt,
  asString,
  type CallSite,
  callsNamed,
  callWith,
  citedReason,
  evaluate,
  type Fact,
  findCalls,
  known,
  knownValue,
  namedArguments,
  oneOf,
  optionsOfValue,
  type Program,
  type PyValue,
  reasonAt,
  unknown,
} from "#python";
import { INGRESS_REQUIRER } from "../catalog/ingress-requirer.ts";
import type { IngressedPort } from "../charm-model.ts";

/**
 * The ports for which a charm asks an ingress, by relation: those given to the library's requirer when it is made or by a later call. A
 * relation whose name can't be read is left out; a port that can't be read is unknown.
 */
export function ingressedPorts(program: Program): readonly IngressedPort[] {
  const { name, constructed, method, citation } = INGRESS_REQUIRER;
  return findCalls(program, [name]).flatMap((site): readonly IngressedPort[] => {
    const args = namedArguments(site.arguments, constructed.parameters);
    const named = args.get("relation_name");
    const relation = named ? knownValue(asString(argumentValue(program, named))) : constructed.relation;
    if (relation === undefined) return [];
    const later = callsNamed(program, [method.name]).filter((call) => isOnObjectOf(program, call, site));
    const calls = [args, ...later.map((call) => namedArguments(call.arguments, method.parameters))];
    const because = [
      reasonAt(site.call, `${site.name} asks the ingress for a port`),
      citedReason("How the library asks for it.", citation),
    ];
    const hidden = site.arguments.open ?? later.find((call) => call.arguments.open !== null)?.arguments.open ?? null;
    return [
      {
        relation,
        port: portOf(program, given(calls, "port"), hidden, because),
        scheme: schemeOf(program, given(calls, "scheme"), site, because),
      },
    ];
  });
}

function given(calls: readonly ReadonlyMap<string, Argument>[], name: string): readonly Argument[] {
  return calls.flatMap((args) => args.get(name) ?? []);
}

function portOf(
  program: Program,
  arguments_: readonly Argument[],
  hidden: string | null,
  because: Fact<number>["because"],
): Fact<number> {
  const ports = new Set<number>();
  for (const argument of arguments_) {
    for (const option of optionsOfValue(argumentValue(program, argument))) {
      if (option.kind === "none") continue;
      const port = knownValue(asInt(option)) ?? Number.NaN;
      if (!Number.isInteger(port)) return unknown("the port for which the ingress is asked can't be read", because);
      ports.add(port);
    }
  }
  if (hidden !== null) return unknown(hidden, because);
  return ports.size === 0 ? unknown("no port is given for the ingress", because) : possible([...ports], because);
}

/** A text, or a function that returns one; plain HTTP where none is given. */
function schemeOf(
  program: Program,
  arguments_: readonly Argument[],
  site: CallSite,
  because: Fact<number>["because"],
): Fact<"http" | "https"> {
  const schemes = new Set<"http" | "https">(arguments_.length === 0 ? ["http"] : []);
  const values = arguments_.flatMap((argument) => optionsOfValue(argumentValue(program, argument)));
  const texts = values.flatMap((value): readonly PyValue[] =>
    value.kind === "function" ? optionsOfValue(callWith(program, value, [], site.call)) : [value],
  );
  for (const text of texts) {
    if (text.kind !== "string" || (text.value !== "http" && text.value !== "https"))
      return unknown("the scheme that the charm passes to the ingress library can't be read", because);
    schemes.add(text.value);
  }
  return possible([...schemes], because);
}

function possible<T>(options: readonly T[], because: Fact<T>["because"]): Fact<T> {
  const [only, ...others] = options;
  return only === undefined || others.length > 0 ? oneOf(options, because) : known(only, because);
}

function isOnObjectOf(program: Program, method: CallSite, constructed: CallSite): boolean {
  const { callee } = method.expression;
  if (callee.kind !== "attribute") return false;
  return optionsOfValue(evaluate(program, callee.object, method.frame)).some(
    (value) =>
      value.kind === "instance" &&
      value.call !== null &&
      value.call.file === constructed.call.file &&
      value.call.span.start === constructed.call.span.start,
  );
}
