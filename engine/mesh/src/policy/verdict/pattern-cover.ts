import { matchesPath } from "./istio-matching.ts";

const TEMPLATE = /\{\*\*?\}/;

/** Whether everything that matches the pattern `b` matches the pattern `a`; false also where that is hard to say. */
export function coversPattern(a: string, b: string): boolean {
  if (a === b || a === "*") return true;
  if (b === "*") return false;
  if (TEMPLATE.test(a)) return isPlain(b) && matchesPath(a, b);
  if (a.startsWith("*")) return endOf(b).endsWith(a.slice(1));
  return a.endsWith("*") && startOf(b).startsWith(a.slice(0, -1));
}

function isPlain(pattern: string): boolean {
  return !TEMPLATE.test(pattern) && !pattern.startsWith("*") && !pattern.endsWith("*");
}

/** What everything that matches the pattern surely starts with. */
function startOf(pattern: string): string {
  const template = TEMPLATE.exec(pattern);
  if (template) return pattern.slice(0, template.index);
  if (pattern.startsWith("*")) return "";
  return pattern.endsWith("*") ? pattern.slice(0, -1) : pattern;
}

/** What everything that matches the pattern surely ends in. */
function endOf(pattern: string): string {
  if (TEMPLATE.test(pattern)) return pattern.slice(pattern.lastIndexOf("}") + 1);
  if (pattern.startsWith("*")) return pattern.slice(1);
  return pattern.endsWith("*") ? "" : pattern;
}
