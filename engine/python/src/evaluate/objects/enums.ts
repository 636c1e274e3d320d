import type { Interpreter } from "../interpreter.ts";
import { effectsOf } from "../mutation/effects.ts";
import type { ClassInfo } from "../names/scope.ts";
import { sameValue } from "../values/join.ts";
import { intValue, restingOn, stringValue } from "../values/making.ts";
import type { EnumMemberValue, PyValue } from "../values/value.ts";
import { isInstanceOf } from "./lineage.ts";

const ENUM_BASES: readonly string[] = ["enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"];

/** Whether the class is an enumeration (https://docs.python.org/3/library/enum.html). */
export function isEnum(cx: Interpreter, info: ClassInfo): boolean {
  return cx.lineage(info).external.some((name) => ENUM_BASES.includes(name));
}

/** The names of an enumeration's members, in order: what its body assigns, but for private and dunder names. */
export function memberNames(info: ClassInfo): readonly string[] {
  const names: string[] = [];
  for (const statement of info.node.body) {
    if (statement.kind !== "assign" && !(statement.kind === "annotated-assign" && statement.value)) continue;
    for (const effect of effectsOf(statement)) {
      if (
        effect.kind === "bind" &&
        !effect.path.includes(".") &&
        !/^_/.test(effect.path) &&
        !names.includes(effect.path)
      ) {
        names.push(effect.path);
      }
    }
  }
  return names;
}

/** The member for a value that the class body assigns to a name. */
export function enumMember(cx: Interpreter, info: ClassInfo, name: string, raw: PyValue): EnumMemberValue {
  const value = isInstanceOf(raw, ["enum.auto"]) ? autoValue(cx, info, name, raw) : raw;
  return {
    kind: "enum-member",
    class: info,
    name,
    value,
    because: value.because,
    configurable: value.configurable,
  };
}

function autoValue(cx: Interpreter, info: ClassInfo, name: string, raw: PyValue): PyValue {
  if (cx.lineage(info).external.includes("enum.StrEnum")) return restingOn(stringValue(name.toLowerCase()), [raw]);
  return restingOn(intValue(memberNames(info).indexOf(name) + 1), [raw]);
}

/** All members, in order. */
export function enumMembers(cx: Interpreter, info: ClassInfo): readonly PyValue[] {
  return memberNames(info).map((name) =>
    cx.attribute(classValue(info), name, { file: info.module.file, span: info.node.name.span }),
  );
}

/** `Class(value)`: the member of that value; null if it is unknown. */
export function memberByValue(cx: Interpreter, info: ClassInfo, value: PyValue): PyValue | null {
  if (value.kind === "enum-member" && value.class === info) return value;
  for (const member of enumMembers(cx, info)) {
    if (member.kind === "enum-member" && sameValue(member.value, value) && value.configurable.length === 0) {
      return restingOn(member, [value]);
    }
  }
  return null;
}

/** The class as a value. */
export function classValue(info: ClassInfo): PyValue {
  return { kind: "class", class: info, because: [], configurable: [] };
}
