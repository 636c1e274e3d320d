import type { Location } from "#syntax";
import type { Reason } from "../../fact/reason.ts";
import type {
  BoundArguments,
  DictEntry,
  DictValue,
  Element,
  ExternalValue,
  InstanceValue,
  PyValue,
  SequenceValue,
  UnknownValue,
} from "./value.ts";

const NOTHING: readonly never[] = [];

/** Python's None. */
export const NONE: PyValue = { kind: "none", because: NOTHING, configurable: NOTHING };
const TRUE: PyValue = { kind: "bool", value: true, because: NOTHING, configurable: NOTHING };
const FALSE: PyValue = { kind: "bool", value: false, because: NOTHING, configurable: NOTHING };

/** A bool without a chain. */
export function boolValue(value: boolean): PyValue {
  return value ? TRUE : FALSE;
}

/** An int without a chain. */
export function intValue(value: number): PyValue {
  return { kind: "int", value, because: NOTHING, configurable: NOTHING };
}

/** A number as Python would hold it: an int where `integer`, else a float. */
export function numberValue(value: number, integer: boolean): PyValue {
  if (!Number.isFinite(value) || (integer && !Number.isSafeInteger(value))) {
    return unknownValue("the number is too large to compute with");
  }
  return integer ? intValue(value) : { kind: "float", value, because: NOTHING, configurable: NOTHING };
}

/** A string without a chain. */
export function stringValue(value: string, bytes = false): PyValue {
  return { kind: "string", value, bytes, because: NOTHING, configurable: NOTHING };
}

/** A value that can't be read; `why` is half a sentence that goes on from "unknown:". */
export function unknownValue(why: string, because: readonly Reason[] = NOTHING): UnknownValue {
  return { kind: "unknown", why, because, configurable: NOTHING };
}

/** Why nothing more can be said of a thing outside the charm's tree: which package has it. */
export function outsideWhy(dotted: string): string {
  const parts = dotted.split(".");
  const named = parts[0] === "charms" || parts[0] === "charmlibs" ? parts.slice(0, 2).join(".") : (parts[0] ?? dotted);
  return `\`${dotted}\` comes from the package \`${named}\`, which is not in the charm's tree`;
}

/** Why a value that something is computed from can't be read; null if it can be read, or if it gives no reason. */
export function whyUnread(value: PyValue): string | null {
  if (value.kind === "unknown") return value.why;
  if (value.kind === "external" && value.constant === null) return outsideWhy(value.name);
  if (value.kind !== "instance" || value.class !== null) return null;
  return `what \`${value.external[0] ?? "it"}\` gives is only known when the charm runs`;
}

/** A list, tuple or set grown from a display of its own, or from `lineage`. */
export function sequence(
  type: SequenceValue["type"],
  elements: readonly Element[],
  open: string | null = null,
  lineage: object = {},
): SequenceValue {
  return {
    kind: "sequence",
    type,
    unordered: false,
    loose: false,
    elements,
    open,
    lineage,
    because: NOTHING,
    configurable: NOTHING,
  };
}

/** Whether the order of the elements is unknown: a set, or a list made from one. */
export function isUnordered(value: SequenceValue): boolean {
  return value.loose || (value.elements.length > 1 && (value.type === "set" || value.unordered));
}

/** What is unknown about the order of these collections' elements, for a collection made from them. */
export function orderOf(...values: readonly SequenceValue[]): { readonly unordered: boolean; readonly loose: boolean } {
  return { unordered: values.some(isUnordered), loose: values.some((value) => value.loose) };
}

/** A dict grown from a display of its own, or from `lineage`. */
export function dictionary(
  entries: readonly DictEntry[],
  open: string | null = null,
  at: Location | null = null,
  lineage: object = {},
): DictValue {
  return { kind: "dict", entries, open, overridden: 0, at, lineage, because: NOTHING, configurable: NOTHING };
}

/** Something outside the charm's tree, by its dotted name. */
export function external(name: string, constant: PyValue | null = null): ExternalValue {
  return { kind: "external", name, constant, because: NOTHING, configurable: NOTHING };
}

/** What calling something external gives. */
export function externalInstance(
  name: string,
  args: BoundArguments,
  call: Location | null,
  callee: Location | null,
): InstanceValue {
  return {
    kind: "instance",
    class: null,
    external: [name],
    arguments: args,
    call,
    callee,
    because: NOTHING,
    configurable: NOTHING,
  };
}

/** The same value with one more hop in front of its chain. */
export function withHop<T extends PyValue>(value: T, hop: Reason): T {
  const first = value.because[0];
  if (first && first.location?.span === hop.location?.span && first.text === hop.text) return value;
  return { ...value, because: [hop, ...value.because] };
}

/** The same value, its chain and config options preceded by those of the values that it was computed from. */
export function restingOn<T extends PyValue>(value: T, sources: readonly PyValue[]): T {
  let because: readonly Reason[] = NOTHING;
  let configurable = value.configurable;
  for (const source of sources) {
    if (source.because.length > 0) because = mergedReasons(because, source.because);
    const fresh = source.configurable.filter((option) => !configurable.includes(option));
    if (fresh.length > 0) configurable = [...configurable, ...fresh];
  }
  because = because.length === 0 ? value.because : mergedReasons(because, value.because);
  return because === value.because && configurable === value.configurable ? value : { ...value, because, configurable };
}

/** A chain of reasons that is longer explains nothing more to a reader. */
const MOST_REASONS = 60;

/** Both chains, the second behind the first, without what stands in both; the first 60 reasons of them. */
export function mergedReasons(a: readonly Reason[], b: readonly Reason[]): readonly Reason[] {
  if (a.length === 0) return b;
  if (a.length >= MOST_REASONS) return a;
  const fresh = b.filter((reason) => !a.some((other) => sameReason(other, reason)));
  return fresh.length === 0 ? a : [...a, ...fresh.slice(0, MOST_REASONS - a.length)];
}

function sameReason(a: Reason, b: Reason): boolean {
  return (
    a === b ||
    (a.text === b.text &&
      a.location?.file === b.location?.file &&
      a.location?.span.start === b.location?.span.start &&
      a.citation === b.citation)
  );
}

/** No readable arguments; every call makes a new object, which distinguishes the instances. */
export function noArguments(open: string | null = null): BoundArguments {
  return { positional: NOTHING, keywords: new Map(), spread: NOTHING, unread: open, open };
}

/** What distinguishes one instance from another: the arguments of its constructor, otherwise its class. */
export function identityOf(instance: InstanceValue): object {
  return instance.arguments ?? instance.class ?? instance;
}
