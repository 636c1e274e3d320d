import type { Fact, Reason } from "#python";
import { positionAt } from "#syntax";

/** The text with everything escaped that Markdown or HTML in Markdown would interpret as markup. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, (mark) => `\\${mark}`).replace(/\s+/g, " ");
}

/** A sentence of this project, in which backticks enclose code. Everything else in it stays text. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, at) => (at % 2 === 1 ? code(part.slice(1, -1)) : plain(part)))
    .join("");
}

/** A sentence with its first letter in upper case. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Code in a line of text; backticks inside get a longer fence. */
export function code(text: string): string {
  const single = text.replace(/\s+/g, " ");
  const fence = "`".repeat(Math.max(0, ...[...single.matchAll(/`+/g)].map((run) => run[0].length)) + 1);
  const padded = single.startsWith("`") || single.endsWith("`") ? ` ${single} ` : single;
  return `${fence}${padded || " "}${fence}`;
}

/** A block of code in a language. */
export function codeBlock(language: string, text: string): string {
  const fence = "`".repeat(Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length)) + 1);
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** A hover shows no more reasons than this: the first are the nearest. */
const SHOWN_REASONS = 10;

/** The chain of reasons as a list: places as `file:line`, citations as they are; the end of a long one is counted only. */
export function reasonList(because: readonly Reason[]): string {
  const shown = because.length > SHOWN_REASONS + 1 ? because.slice(0, SHOWN_REASONS) : because;
  const lines = shown.map((reason) => {
    const place = reason.location
      ? ` (${code(`${reason.location.file.path}:${positionAt(reason.location.file, reason.location.span.start).line + 1}`)})`
      : "";
    const citation = reason.citation ? ` (${plain(reason.citation)})` : "";
    return `- ${prose(reason.text)}${place}${citation}`;
  });
  const left = because.length - shown.length;
  return [...lines, ...(left > 0 ? [`- …and ${left} more`] : [])].join("\n");
}

/** A fact in words; `one` writes a single value. What is unknown says why. */
export function factWords<T>(fact: Fact<T>, one: (value: T) => string): string {
  switch (fact.kind) {
    case "known":
      return one(fact.value);
    case "oneOf":
      return `one of ${fact.options.map(one).join(" or ")}, decided when the charm runs`;
    case "subsetOf":
      return `some of ${one(fact.possible)}${fact.open ? " and perhaps others" : ""}, decided when the charm runs`;
    case "template":
      return code(fact.text);
    case "unknown":
      return `not known: ${prose(fact.why)}`;
  }
}

/** Ports in words: null and the empty list let every port through (service_mesh.py, build_mesh_policies). */
export function portWords(ports: readonly number[] | null): string {
  return ports === null || ports.length === 0 ? "every port" : ports.map(String).join(", ");
}

/** The same with its noun: `port 3200`, `ports 3200, 9096`, `every port`. */
export function portsInWords(ports: readonly number[] | null): string {
  const words = portWords(ports);
  return words === "every port" ? words : `${ports?.length === 1 ? "port" : "ports"} ${words}`;
}

/** Paragraphs with empty lines between them; empty ones are left out. */
export function paragraphs(...parts: readonly (string | null | false)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join("\n\n");
}
