import type { PyValue } from "#mesh";
import { isDict, isList, isTruthy, pyInt, tagged } from "../../../engine/mesh/src/policy/python/value.ts";
import { COMPLEX, integer, iterable, iterated, Raised, unique } from "./objects.ts";

export function unary(operator: string, value: PyValue): PyValue {
  if (operator === "not") return !isTruthy(value);
  const object = tagged(value);
  if (object === COMPLEX) return COMPLEX;
  if (object?.kind === "float") return { kind: "float", value: operator === "-" ? -object.value : object.value };
  const whole = integer(value);
  return pyInt(operator === "-" ? -whole : operator === "~" ? ~whole : whole);
}

/** The value of a binary operation whose operands are both needed (not `and`, `or`). */
export function binary(operator: string, left: PyValue, right: PyValue): PyValue {
  if (operator === "==") return plain(left) === plain(right);
  if (operator === "!=") return plain(left) !== plain(right);
  if (operator === "is") return left === right;
  if (operator === "is not") return left !== right;
  if (operator === "in" || operator === "not in") return iterated(right).includes(left) === (operator === "in");
  if (operator === "+" && typeof left === "string" && typeof right === "string") return left + right;
  if (operator === "+" && isList(left) && isList(right)) return [...left, ...right];
  if (operator === "*" && isList(left)) return Array.from({ length: Number(right) }, () => left).flat();
  if (operator === "|" && isDict(left) && isDict(right)) return new Map([...left, ...right]);
  if (operator === "|" && tagged(left)) return iterable("set", unique([...iterated(left), ...iterated(right)]));
  return arithmetic(operator, left, right);
}

function arithmetic(operator: string, left: PyValue, right: PyValue): PyValue {
  const [a, b] = [tagged(left), tagged(right)];
  if (a === COMPLEX || b === COMPLEX) return COMPLEX;
  if (a?.kind === "float" || b?.kind === "float" || operator === "/") {
    const x = a?.kind === "float" ? a.value : Number(integer(left));
    const y = b?.kind === "float" ? b.value : Number(integer(right));
    const results: Record<string, number> = { "+": x + y, "-": x - y, "*": x * y, "/": x / y, "**": x ** y };
    return { kind: "float", value: results[operator] ?? Number.NaN };
  }
  const [x, y] = [integer(left), integer(right)];
  if (operator === "<") return x < y;
  if (operator === ">") return x > y;
  if (operator === "<=") return x <= y;
  if (operator === ">=") return x >= y;
  const whole = { "+": x + y, "-": x - y, "*": x * y, "**": y >= 0n ? x ** y : 0n }[operator];
  if (whole !== undefined) return pyInt(whole);
  if (y === 0n) throw new Raised("ZeroDivisionError", "integer division or modulo by zero");
  const quotient = x / y - (x % y !== 0n && x < 0n !== y < 0n ? 1n : 0n);
  return pyInt(operator === "//" ? quotient : x - quotient * y);
}

/** A member of a `str` enumeration equals its value, a float the int of its size. */
function plain(value: PyValue): PyValue {
  const object = tagged(value);
  return object?.kind === "enum" || object?.kind === "float" ? object.value : value;
}
