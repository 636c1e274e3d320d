import { parsePython, positionAt } from "#syntax";
import { conditionText } from "../../engine/python/src/condition/condition.ts";
import {
  argumentValue,
  type BoundArguments,
  type ConfigDefault,
  callsNamed,
  findCalls,
  type Program,
  type PyValue,
  program,
} from "../../engine/python/src/evaluate/evaluation.ts";
import { charmFilesOf } from "../support/charm-fixture.ts";

const CONSTANTS: ReadonlyMap<string, string> = new Map(
  ["get", "post"].map((name) => [`charms.istio_beacon_k8s.v0.service_mesh.Method.${name}`, name.toUpperCase()]),
);

/** A fixture as a program; options of `config` are written `name=default`, an option without a default as its name alone. */
export function programOf(
  fixture: string,
  config: Readonly<Record<string, string | number | boolean | null>> = {},
): Program {
  const text = fixture.startsWith("//- ") ? fixture : `//- src/charm.py\n${fixture}`;
  const charm = charmFilesOf(text);
  const file = [...charm.files.values()][0] ?? { path: "", version: 0, text: "" };
  const options = new Map<string, ConfigDefault>();
  for (const [name, preset] of Object.entries(config)) {
    options.set(name, { type: typeof preset, default: preset, location: { file, span: { start: 0, end: 1 } } });
  }
  return program(charm, (one) => parsePython(one), {
    config: options,
    constants: (name) => CONSTANTS.get(name),
  });
}

/** The values of the first argument of every `probe(…)` in a fixture, in order. */
export function probed(fixture: string, config: Parameters<typeof programOf>[1] = {}): readonly PyValue[] {
  const read = programOf(fixture, config);
  return callsNamed(read, ["probe"]).flatMap((site) => {
    const [first] = [...site.arguments.positional, ...site.arguments.spread];
    return first ? [argumentValue(read, first)] : [];
  });
}

/** The one probed value as plain data; see `plain`. */
export function probe(fixture: string, config: Parameters<typeof programOf>[1] = {}): unknown {
  const values = probed(fixture, config);
  if (values.length !== 1) throw new Error(`${values.length} probes`);
  return values[0] && plain(values[0]);
}

/**
 * A value as plain data to compare: numbers, texts, lists and so on as themselves; `{oneOf}`, `{template}`, `{unknown}` and
 * `{external}` for the others; a list with conditional elements or an open end as `{always, maybe, open}`.
 */
export function plain(value: PyValue): unknown {
  switch (value.kind) {
    case "none":
      return null;
    case "bool":
    case "int":
    case "float":
    case "string":
      return value.value;
    case "template":
      return { template: value.parts.map((part) => (typeof part === "string" ? part : `{${part.text}}`)).join("") };
    case "sequence": {
      const certain = value.elements.filter((one) => one.condition === null).map((one) => plain(one.value));
      if (certain.length === value.elements.length && value.open === null) return certain;
      const maybe = value.elements.filter((one) => one.condition !== null).map((one) => plain(one.value));
      return { always: certain, maybe, open: value.open !== null };
    }
    case "dict": {
      const entries = value.entries.map((entry) => [String(plain(entry.key)), plain(entry.value)] as const);
      return value.open === null ? Object.fromEntries(entries) : { ...Object.fromEntries(entries), "…": "open" };
    }
    case "one-of":
      return { oneOf: value.options.map(plain) };
    case "external":
      return value.constant ? plain(value.constant) : { external: value.name };
    case "instance":
      return { instance: value.class?.name ?? value.external[0] };
    case "enum-member":
      return { member: `${value.class.name}.${value.name}` };
    case "unknown":
      return { unknown: value.why };
    default:
      return { kind: value.kind };
  }
}

/** The chain of a value: `path:line text` of each hop. */
export function chainOf(value: PyValue | undefined): readonly string[] {
  const own = value?.because ?? [];
  const inner = value?.kind === "sequence" ? value.elements.flatMap((one) => one.value.because) : [];
  return [...own, ...inner].map(({ location, text }) =>
    location ? `${location.file.path}:${positionAt(location.file, location.span.start).line + 1} ${text}` : text,
  );
}

/** The calls of a dotted name with their arguments as plain data. */
export function calls(
  fixture: string,
  name: string,
  config: Parameters<typeof programOf>[1] = {},
): readonly {
  readonly called: string;
  readonly arguments: unknown;
  readonly condition: string | null;
}[] {
  const read = programOf(fixture, config);
  return findCalls(read, [name]).map((site) => ({
    called: site.name,
    arguments: plainArguments(read, site.arguments),
    condition: site.condition && conditionText(site.condition),
  }));
}

function plainArguments(read: Program, args: BoundArguments): unknown {
  const keywords = Object.fromEntries([...args.keywords].map(([key, one]) => [key, plain(argumentValue(read, one))]));
  const positional = args.positional.map((one) => plain(argumentValue(read, one)));
  return {
    ...(positional.length > 0 ? { "": positional } : {}),
    ...keywords,
    ...(args.open ? { open: args.open } : {}),
  };
}
