import type { PyExpression } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import type { ClassInfo } from "../names/scope.ts";
import { hop, snippet } from "../names/snippet.ts";
import { lastName } from "../names/source-index.ts";
import { join } from "../values/join.ts";
import { intValue, NONE, restingOn, unknownValue, withHop } from "../values/making.ts";
import type { Argument, BoundArguments, InstanceValue, PyValue } from "../values/value.ts";
import { classMember, decoratedBy } from "./lineage.ts";

const RECORD_DECORATORS: ReadonlySet<string> = new Set(["dataclass", "define", "frozen", "mutable", "attrs", "s"]);
/** Bases whose subclasses take their annotated fields as arguments (pydantic, typing.NamedTuple, cosl's DatabagModel). */
const RECORD_BASES: ReadonlySet<string> = new Set(["BaseModel", "BaseSettings", "NamedTuple", "DatabagModel"]);
const FIELD_MAKERS: ReadonlySet<string> = new Set(["field", "Field", "attrib", "ib"]);

/** A field of a dataclass, pydantic model, attrs class or named tuple. */
interface RecordField {
  readonly name: string;
  readonly owner: ClassInfo;
  readonly annotation: PyExpression;
  readonly default: PyExpression | null;
}

/** Whether instances take their fields as arguments and have no `__init__` of their own. */
export function isRecord(cx: Interpreter, info: ClassInfo): boolean {
  const { classes, external } = cx.lineage(info);
  const marked =
    classes.some((one) => decoratedBy(one.node, RECORD_DECORATORS)) ||
    external.some((name) => RECORD_BASES.has(name.slice(name.lastIndexOf(".") + 1)));
  return marked && classMember(cx, info, "__init__") === null;
}

/** The fields in the order of the constructor's parameters, ancestors first. */
export function recordFields(cx: Interpreter, info: ClassInfo): readonly RecordField[] {
  const fields = new Map<string, RecordField>();
  for (const owner of cx.lineage(info).classes.toReversed()) {
    for (const statement of owner.node.body) {
      if (statement.kind !== "annotated-assign" || statement.target.kind !== "name") continue;
      const { annotation } = statement;
      if (lastName(annotation.kind === "subscript" ? annotation.object : annotation) === "ClassVar") continue;
      const name = statement.target.id;
      fields.set(name, { name, owner, annotation, default: statement.value });
    }
  }
  return [...fields.values()];
}

/** What a field of a record instance holds; null if the class has no such field. */
export function fieldValue(cx: Interpreter, instance: InstanceValue, name: string): PyValue | null {
  const info = instance.class;
  if (!info || !isRecord(cx, info)) return null;
  const fields = recordFields(cx, info);
  const index = fields.findIndex((field) => field.name === name);
  const field = fields[index];
  if (!field) return null;
  const all = instance.arguments ? [instance.arguments] : cx.constructions(info);
  if (all.length === 0) {
    return unknownValue(`nothing in the charm's tree makes a \`${info.name}\``);
  }
  return join(all.map((args) => coerced(givenValue(cx, args, field, index), field)));
}

function givenValue(cx: Interpreter, args: BoundArguments, field: RecordField, index: number): PyValue {
  const given = argumentOf(args, field, index);
  if (given && given.condition === null) return cx.argument(given);
  if (args.open !== null && !given) {
    return unknownValue(`the arguments of \`${field.owner.name}\` can't all be read: ${args.open}`);
  }
  const fallback = defaultValue(cx, field);
  return given ? join([cx.argument(given), fallback]) : fallback;
}

function argumentOf(args: BoundArguments, field: RecordField, index: number): Argument | undefined {
  const named = args.keywords.get(field.name);
  if (named) return named;
  const maker = field.default;
  if (maker?.kind === "call") {
    for (const one of maker.args) {
      if (one.name?.text !== "alias" && one.name?.text !== "validation_alias") continue;
      const alias = one.value.kind === "string" ? args.keywords.get(one.value.value) : undefined;
      if (alias) return alias;
    }
  }
  return args.positional[index];
}

function defaultValue(cx: Interpreter, field: RecordField): PyValue {
  const { frame, module } = field.owner;
  const expression = field.default;
  const missing = unknownValue(`\`${field.name}\` of \`${field.owner.name}\` is not given and has no default`);
  if (!expression) return missing;
  const isMaker = expression.kind === "call" && FIELD_MAKERS.has(lastName(expression.callee) ?? "");
  const written = isMaker ? makerDefault(expression) : expression;
  if (!written) return missing;
  const value = cx.evaluate(written, frame);
  const made = isFactory(expression, written)
    ? cx.callPlain(value, [], { file: module.file, span: written.span })
    : value;
  const text = `\`${field.name}\` of \`${field.owner.name}\` has the default \`${snippet(module.file, written.span)}\``;
  return withHop(made, hop(module, expression.span, text));
}

function makerDefault(call: Extract<PyExpression, { kind: "call" }>): PyExpression | null {
  const named = (name: string) => call.args.find((argument) => argument.name?.text === name)?.value ?? null;
  const first = call.args.find((argument) => argument.kind === "positional")?.value ?? null;
  const value = named("default") ?? named("default_factory") ?? named("factory") ?? first;
  return value?.kind === "constant" && value.value === "Ellipsis" ? null : value;
}

function isFactory(maker: PyExpression, written: PyExpression): boolean {
  return (
    maker.kind === "call" &&
    maker.args.some((one) => one.value === written && ["default_factory", "factory"].includes(one.name?.text ?? ""))
  );
}

/** pydantic turns a numeric string into an int where the field says so. */
function coerced(value: PyValue, field: RecordField): PyValue {
  const type = lastName(field.annotation);
  if (type === "int" && value.kind === "string" && /^\s*[+-]?\d+\s*$/.test(value.value)) {
    return restingOn(intValue(Number(value.value)), [value]);
  }
  return value;
}

/** The attribute of something external whose class is a known record: `Port("tcp", 80).port`, `SimpleNamespace(a=1).a`. */
export function externalField(cx: Interpreter, instance: InstanceValue, name: string): PyValue | null {
  const kind = instance.external[0];
  const args = instance.arguments;
  const parameters = kind === undefined ? undefined : cx.records.get(kind);
  if (!parameters || !args) return null;
  const index = parameters.indexOf(name);
  const given = args.keywords.get(name) ?? (index >= 0 ? args.positional[index] : undefined);
  if (given) return cx.argument(given);
  if (args.open !== null) return unknownValue(`the arguments of \`${kind}\` can't all be read: ${args.open}`);
  return parameters.includes(name) ? NONE : null;
}
