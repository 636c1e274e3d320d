import { satisfies } from "./version.ts";

/** What is known of every machine that a charm runs on; other variables (`platform_machine`, `extra`) are not known. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ["sys_platform", "linux"],
  ["os_name", "posix"],
  ["platform_system", "Linux"],
  ["implementation_name", "cpython"],
  ["platform_python_implementation", "CPython"],
]);

/**
 * Whether an environment marker holds on Linux with CPython of a minor version (`"3.12"`). Null where it depends on something that
 * is not known, or can't be read. (https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
 */
export function markerHolds(marker: string, python: string): boolean | null {
  const tokens = [...marker.matchAll(TOKEN)].map(([text]) => text);
  const reading: Reading = { tokens, at: 0, python };
  const held = anyOf(reading);
  return reading.at === tokens.length ? held : null;
}

const TOKEN = /\(|\)|"[^"]*"|'[^']*'|===|~=|[<>=!]=|[<>]|[A-Za-z_][\w.]*|\S/g;

interface Reading {
  readonly tokens: readonly string[];
  at: number;
  readonly python: string;
}

function anyOf(r: Reading): boolean | null {
  let held = allOf(r);
  while (r.tokens[r.at] === "or") {
    r.at++;
    const other = allOf(r);
    held = held === true || other === true ? true : held === null || other === null ? null : false;
  }
  return held;
}

function allOf(r: Reading): boolean | null {
  let held = one(r);
  while (r.tokens[r.at] === "and") {
    r.at++;
    const other = one(r);
    held = held === false || other === false ? false : held === null || other === null ? null : true;
  }
  return held;
}

function one(r: Reading): boolean | null {
  if (r.tokens[r.at] === "(") {
    r.at++;
    const held = anyOf(r);
    if (r.tokens[r.at] === ")") r.at++;
    return held;
  }
  const left = r.tokens[r.at++] ?? "";
  let operator = r.tokens[r.at++] ?? "";
  if (operator === "not" && r.tokens[r.at] === "in") {
    operator = "not in";
    r.at++;
  }
  const right = r.tokens[r.at++] ?? "";
  const text = textOf(right);
  if (text !== null) return compared(left, operator, text, r.python);
  const first = textOf(left);
  return first === null ? null : compared(right, TURNED.get(operator) ?? "", first, r.python);
}

const TURNED: ReadonlyMap<string, string> = new Map([
  ["<", ">"],
  [">", "<"],
  ["<=", ">="],
  [">=", "<="],
  ["==", "=="],
  ["!=", "!="],
]);

function textOf(token: string): string | null {
  return /^["']/.test(token) ? token.slice(1, -1) : null;
}

function compared(variable: string, operator: string, text: string, python: string): boolean | null {
  if (variable === "python_version") return versionCompared(python, operator, text);
  if (variable === "python_full_version") {
    // The patch level is not known: only what holds for the first and for every later one counts.
    const first = versionCompared(`${python}.0`, operator, text);
    return first === versionCompared(`${python}.999`, operator, text) ? first : null;
  }
  const known = KNOWN.get(variable);
  if (known === undefined) return null;
  if (operator === "==") return known === text;
  if (operator === "!=") return known !== text;
  if (operator === "in") return text.includes(known);
  return operator === "not in" ? !text.includes(known) : null;
}

function versionCompared(version: string, operator: string, text: string): boolean | null {
  if (operator !== "in" && operator !== "not in") return satisfies(version, `${operator}${text}`);
  const listed = text.split(/[\s,|]+/).includes(version);
  return operator === "in" ? listed : !listed;
}
