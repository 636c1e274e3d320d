import type { Location } from "#syntax";
import { isParsedUrl, urlPart } from "../builtins/url-values.ts";
import type { Interpreter } from "../interpreter.ts";
import { moduleMember } from "../names/imports.ts";
import type { ClassInfo } from "../names/scope.ts";
import { hop } from "../names/snippet.ts";
import { vendoredValue } from "../names/vendored.ts";
import { join, optionsOfValue } from "../values/join.ts";
import { external, restingOn, stringValue, unknownValue, withHop } from "../values/making.ts";
import type { EnumMemberValue, ExternalValue, FunctionValue, InstanceValue, PyValue } from "../values/value.ts";
import { configValue } from "./config-values.ts";
import { enumMember, isEnum } from "./enums.ts";
import { instanceState, touchesAttribute } from "./instance-state.ts";
import { classMember, decoratedBy } from "./lineage.ts";
import { externalField, fieldValue } from "./records.ts";

const PROPERTIES: ReadonlySet<string> = new Set(["property", "cached_property", "computed_field", "abstractproperty"]);
const UNBOUND: ReadonlySet<string> = new Set(["staticmethod"]);
const OF_CLASS: ReadonlySet<string> = new Set(["classmethod"]);
const ABSTRACT: ReadonlySet<string> = new Set(["abstractmethod", "abstractproperty"]);

/** `value.name`. */
export function attributeValue(cx: Interpreter, value: PyValue, name: string, at: Location): PyValue {
  switch (value.kind) {
    case "one-of": {
      // None has no attributes: where it is an option, code that goes on has ruled it out.
      const some = value.options.filter((option) => option.kind !== "none");
      const having = some.filter((option) => !lacksAttribute(cx, option, name));
      const options = having.length > 0 ? having : some;
      return restingOn(join(options.map((option) => cx.attribute(option, name, at))), [value]);
    }
    case "unknown":
      return value;
    case "module":
      return restingOn(moduleMember(cx, value.module, name), [value]);
    case "external":
      return restingOn(externalAttribute(cx, value, name), [value]);
    case "class":
      return restingOn(classAttribute(cx, value.class, name), [value]);
    case "instance":
      return restingOn(instanceAttribute(cx, value, name, at), [value]);
    case "enum-member":
      return restingOn(memberAttribute(cx, value, name), [value]);
    case "super": {
      const found = classMember(cx, value.instance.class ?? value.after, name, value.after);
      if (found) return bound(cx, found.value, value.instance, found.owner);
      const first = outsideBase(cx.lineage(value.instance.class ?? value.after).external);
      return first
        ? vendoredValue(cx, `${first}.${name}`)
        : unknownValue(`no ancestor of \`${value.after.name}\` has \`${name}\``);
    }
    case "function":
      if (name === "fget") return value;
      if (name === "__name__" && value.node.kind === "function") return stringValue(value.node.name.text);
      return unknownValue(`\`${name}\` of a function can't be read`);
    default:
      return unknownValue(`\`${name}\` of this value can't be read`, value.because);
  }
}

function externalAttribute(cx: Interpreter, value: ExternalValue, name: string): PyValue {
  if (value.constant && name === "value") return value.constant;
  if (name === "config" && /(^|[._])(model|charm)$/.test(value.name)) return configValue(cx);
  return vendoredValue(cx, `${value.name}.${name}`);
}

function classAttribute(cx: Interpreter, info: ClassInfo, name: string): PyValue {
  const found = classMember(cx, info, name);
  if (found) {
    const { value, owner } = found;
    if (value.kind === "function") return decorated(value, OF_CLASS) ? { ...value, self: classRef(info) } : value;
    if (value.kind !== "class" && isEnum(cx, owner) && !name.startsWith("_")) return enumMember(cx, owner, name, value);
    return value;
  }
  if (name === "__name__") return stringValue(info.name);
  const { external: bases, complete } = cx.lineage(info);
  const base = outsideBase(bases);
  if (base && !isEnum(cx, info)) return vendoredValue(cx, `${base}.${name}`);
  return unknownValue(
    complete ? `\`${info.name}\` has no attribute \`${name}\`` : `a base of \`${info.name}\` can't be read`,
  );
}

/** The nearest base outside the tree that may bring attributes of its own; Python's own bases bring none that matter. */
function outsideBase(bases: readonly string[]): string | undefined {
  return bases.find((name) => !/^(?:builtins|enum|abc|typing)\./.test(name));
}

function classRef(info: ClassInfo): PyValue {
  return { kind: "class", class: info, because: [], configurable: [] };
}

function memberAttribute(cx: Interpreter, member: EnumMemberValue, name: string): PyValue {
  if (name === "value" || name === "_value_") return member.value;
  if (name === "name" || name === "_name_") return restingOn(stringValue(member.name), [member]);
  const found = classMember(cx, member.class, name);
  if (found) return bound(cx, found.value, member, found.owner);
  return unknownValue(`\`${name}\` of the enumeration \`${member.class.name}\` can't be read`);
}

function instanceAttribute(cx: Interpreter, instance: InstanceValue, name: string, at: Location): PyValue {
  const info = instance.class;
  if (!info) {
    const field = externalField(cx, instance, name) ?? partOfUrl(cx, instance, name);
    if (field) return field;
    if (name === "config" && /(^|[._])([Mm]odel|[Cc]harm(Base)?)$/.test(instance.external[0] ?? ""))
      return configValue(cx);
    return vendoredValue(cx, `${instance.external[0] ?? "object"}.${name}`);
  }
  const overriding =
    instance.arguments === null ? cx.subclasses(info).filter((one) => touchesAttribute(one, name)) : [];
  if (overriding.length === 0) return ownAttribute(cx, instance, info, name);
  // Subclasses have subclasses: worked out once for each class, a chain of them takes no more steps than it has pairs.
  return cx.remembered<PyValue>(
    info,
    `any ${name}`,
    () => {
      const values = overriding.map((one) => cx.attribute(cx.someInstance(one), name, at));
      if (isMadeItself(cx, info) && !isAbstract(cx, info, name)) values.unshift(ownAttribute(cx, instance, info, name));
      return join(values);
    },
    (why) => unknownValue(why),
  );
}

function partOfUrl(cx: Interpreter, instance: InstanceValue, name: string): PyValue | null {
  const given = instance.arguments?.positional[0];
  const url = given ? cx.argument(given) : null;
  if (!url || !isParsedUrl(instance)) return null;
  return join(optionsOfValue(url).map((option) => urlPart(option, name) ?? partOfOutside(option, name)));
}

/** A part of a URL that comes from outside the tree keeps its name: `….ingress.url.hostname`. */
function partOfOutside(url: PyValue, name: string): PyValue {
  const dotted = url.kind === "external" ? url.name : url.kind === "instance" ? url.external[0] : undefined;
  if (dotted === undefined)
    return unknownValue(`\`${name}\` of the URL is only known when the charm runs`, url.because);
  return restingOn(external(`${dotted}.${name}`), [url]);
}

/** A class that is only there to be inherited from is never `self` by itself. */
function isMadeItself(cx: Interpreter, info: ClassInfo): boolean {
  return cx.constructions(info).length > 0 || cx.isMain(info);
}

function isAbstract(cx: Interpreter, info: ClassInfo, name: string): boolean {
  const found = classMember(cx, info, name);
  return found?.value.kind === "function" && decorated(found.value, ABSTRACT);
}

function ownAttribute(cx: Interpreter, instance: InstanceValue, info: ClassInfo, name: string): PyValue {
  const value = foundAttribute(cx, instance, info, name);
  if (value) return value;
  const { complete } = cx.lineage(info);
  return unknownValue(
    complete ? `\`${info.name}\` has no attribute \`${name}\`` : `a base of \`${info.name}\` can't be read`,
  );
}

/**
 * Whether asking this object for the attribute surely raises an AttributeError: its class is all in the tree, and no code
 * gives it one. As with None, code that goes on has ruled such an object out.
 */
function lacksAttribute(cx: Interpreter, value: PyValue, name: string): boolean {
  if (value.kind !== "instance" || !value.class || value.arguments === null) return false;
  if (!cx.lineage(value.class).complete || foundAttribute(cx, value, value.class, name)) return false;
  return !["__getattr__", "__getattribute__"].some((hook) => value.class && classMember(cx, value.class, hook));
}

/** The attribute by what the class, its methods and its outside bases say of it; null where none of them has it. */
function foundAttribute(cx: Interpreter, instance: InstanceValue, info: ClassInfo, name: string): PyValue | null {
  const found = classMember(cx, info, name);
  if (found && found.value.kind === "function" && decorated(found.value, PROPERTIES)) {
    return bound(cx, found.value, instance, found.owner);
  }
  const start = () => fieldValue(cx, instance, name) ?? (found && found.value.kind !== "function" ? found.value : null);
  const state = instanceState(cx, instance, info, name, start) ?? fieldValue(cx, instance, name);
  if (state) return state;
  if (found) return bound(cx, found.value, instance, found.owner);
  const { external: bases } = cx.lineage(info);
  if (name === "config" && bases.some((one) => /Charm(Base)?$/.test(one))) return configValue(cx);
  const base = outsideBase(bases);
  return base ? vendoredValue(cx, `${base}.${name}`) : null;
}

/** A class member as seen through an instance: functions are bound, properties run. */
function bound(cx: Interpreter, value: PyValue, self: PyValue, owner: ClassInfo): PyValue {
  if (value.kind === "one-of") return join(value.options.map((option) => bound(cx, option, self, owner)));
  if (value.kind !== "function") {
    return value.kind !== "class" && isEnum(cx, owner) ? unknownValue("a member of a member can't be read") : value;
  }
  if (decorated(value, UNBOUND)) return value;
  if (decorated(value, OF_CLASS))
    return { ...value, self: self.kind === "instance" && self.class ? classRef(self.class) : self };
  const method: FunctionValue = { ...value, self, owner };
  if (!decorated(value, PROPERTIES)) return method;
  const { node } = value;
  if (node.kind !== "function") return method;
  const result = cx.returned(method, cx.methodFrame(method));
  return withHop(result, hop(owner.module, node.name.span, `\`${owner.name}.${node.name.text}\` is a property`));
}

function decorated(value: FunctionValue, names: ReadonlySet<string>): boolean {
  return value.node.kind === "function" && decoratedBy(value.node, names);
}
