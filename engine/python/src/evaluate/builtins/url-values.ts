import { intValue, NONE, restingOn, unknownValue } from "../values/making.ts";
import type { Hole, InstanceValue, PyValue } from "../values/value.ts";
import { textOf } from "./text-values.ts";

type Part = string | Hole;

const PARSERS: readonly string[] = ["urllib.parse.urlparse", "urllib.parse.urlsplit"];

/** Whether the object is what `urlparse` or `urlsplit` give (https://docs.python.org/3/library/urllib.parse.html). */
export function isParsedUrl(instance: InstanceValue): boolean {
  return PARSERS.includes(instance.external[0] ?? "");
}

/** Scheme, netloc, hostname, port or path of a URL that is a text or a template; null if it is unknown. */
export function urlPart(url: PyValue, name: string): PyValue | null {
  const parts = url.kind === "string" ? [url.value] : url.kind === "template" ? url.parts : null;
  if (!parts) return null;
  const split = splitUrl(parts);
  if (!split) return null;
  switch (name) {
    case "scheme":
      return textOf(split.scheme, [url]);
    case "netloc":
      return textOf(split.host.length === 0 ? [] : split.port ? [...split.host, ":", ...split.port] : split.host, [
        url,
      ]);
    case "hostname":
      return textOf(split.host, [url]);
    case "path":
      return textOf(split.path, [url]);
    case "port":
      return restingOn(portValue(split.port), [url]);
    default:
      return null;
  }
}

function portValue(port: readonly Part[] | null): PyValue {
  if (!port) return NONE;
  const [only] = port;
  if (port.length === 1 && typeof only === "string" && /^\d+$/.test(only)) return intValue(Number(only));
  return unknownValue("the URL's port is only known when the charm runs");
}

interface SplitUrl {
  readonly scheme: readonly Part[];
  readonly host: readonly Part[];
  readonly port: readonly Part[] | null;
  readonly path: readonly Part[];
}

/** The pieces of a URL; null where it has no `://` in its text, so that a hole may hold it all. */
function splitUrl(parts: readonly Part[]): SplitUrl | null {
  const start = parts.findIndex((part) => typeof part === "string" && part.includes("://"));
  const text = parts[start];
  if (typeof text !== "string") return null;
  const at = text.indexOf("://");
  const scheme = [...parts.slice(0, start), text.slice(0, at)].filter((part) => part !== "");
  const [authority, path] = cut([text.slice(at + 3), ...parts.slice(start + 1)], "/");
  const [host, port] = cut(authority, ":");
  return { scheme, host, port: port.length > 0 ? withoutFirst(port) : null, path };
}

/** The parts before and from the first occurrence of a character in the texts. */
function cut(parts: readonly Part[], character: string): readonly [readonly Part[], readonly Part[]] {
  const index = parts.findIndex((part) => typeof part === "string" && part.includes(character));
  const part = parts[index];
  if (typeof part !== "string") return [parts.filter((one) => one !== ""), []];
  const at = part.indexOf(character);
  const before = [...parts.slice(0, index), part.slice(0, at)].filter((one) => one !== "");
  return [before, [part.slice(at), ...parts.slice(index + 1)].filter((one) => one !== "")];
}

function withoutFirst(parts: readonly Part[]): readonly Part[] {
  const [first, ...rest] = parts;
  return typeof first === "string" ? [first.slice(1), ...rest].filter((one) => one !== "") : parts;
}
