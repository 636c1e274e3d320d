import { callWith, type Hole, iterated, optionsOfValue, type Program, type PyValue, whyNot } from "#python";
import type { Location } from "#syntax";
import { type HostPart, hostPartNamed } from "../catalog/host-names.ts";
import type { AddressKind } from "../charm-model.ts";

/** The scheme of a URL. */
export type Scheme = "http" | "https";

/** One address, as far as it is readable; `kind` null: an address of unknown kind. */
export interface ReadAddress {
  readonly kind: AddressKind | null;
  readonly port: number | null;
  /** The scheme of a URL, where it is written out; `chosen` for one that is chosen when the charm runs. */
  readonly scheme?: Scheme | "chosen";
  /** Why the kind can't be read, where the value says so. */
  readonly why?: string;
  /** The Service that the host names, where that is another than the application's own; `{app}` represents the application's name. */
  readonly service?: string;
}

/** How deep jobs, templates and functions may lie within each other. */
const DEEPEST = 12;

/**
 * The addresses in a value that is handed to a library: a URL or host, scrape jobs (their `targets`), a list of any of
 * these, or a function that returns one. What can't be followed is an address of unknown kind; `None` and "" are none.
 */
export function addressesIn(program: Program, value: PyValue, at: Location, depth = 0): readonly ReadAddress[] {
  if (depth > DEEPEST) return [UNREAD];
  const inner = (each: PyValue) => addressesIn(program, each, at, depth + 1);
  switch (value.kind) {
    case "none":
    case "bool":
    case "int":
    case "float":
      return [];
    case "string":
      return withScheme(literalAddress(value.value), schemeOf([value.value]));
    case "template":
      return withScheme(templateAddresses(program, value.parts, at, depth), schemeOf(value.parts));
    case "one-of":
      return value.options.flatMap(inner);
    case "function":
      return inner(callWith(program, value, [], at));
    case "sequence": {
      const [, address, ...others] = value.elements;
      // A pair of a protocol's name and its URL, as TracingEndpointProvider.publish_receivers takes them.
      if (value.type === "tuple" && address && others.length === 0 && value.open === null) return inner(address.value);
      const found = value.elements.flatMap((each) => inner(each.value));
      return value.open === null ? found : [...found, { ...UNREAD, why: value.open }];
    }
    case "dict":
      return jobAddresses(program, value, at, depth);
    default:
      return [{ kind: kindOfHost(hostPart(value)), port: null, why: whyNot(value, "an address") }];
  }
}

/** The scheme before `://`: written out, or with a hole in it (`{scheme}://`, `http{s}://`); null where there is none. */
function schemeOf(parts: readonly (string | Hole)[]): Scheme | "chosen" | null {
  const at = parts.findIndex((part) => typeof part === "string" && part.includes("://"));
  const part = parts[at];
  if (typeof part !== "string") return null;
  const before = [...parts.slice(0, at), part.slice(0, part.indexOf("://"))];
  if (before.every((each) => typeof each === "string")) {
    const written = before.join("").toLowerCase();
    return written === "http" || written === "https" ? written : null;
  }
  return "chosen";
}

function withScheme(addresses: readonly ReadAddress[], scheme: Scheme | "chosen" | null): readonly ReadAddress[] {
  return scheme === null ? addresses : addresses.map((each) => ({ ...each, scheme }));
}

const UNREAD: ReadAddress = { kind: null, port: null };

/** A scrape job: its `static_configs` hold `targets`; other entries of the dict are no addresses. */
function jobAddresses(
  program: Program,
  job: Extract<PyValue, { kind: "dict" }>,
  at: Location,
  depth: number,
): readonly ReadAddress[] {
  const found: ReadAddress[] = job.open === null ? [] : [{ ...UNREAD, why: job.open }];
  for (const entry of job.entries) {
    if (entry.key.kind !== "string" || !/^(?:static_configs|targets|url)$/.test(entry.key.value)) continue;
    const list = iterated(program, entry.value);
    if (list) for (const each of addressesIn(program, list, at, depth + 1)) found.push(each);
    else for (const each of addressesIn(program, entry.value, at, depth + 1)) found.push(each);
  }
  return found;
}

/** A literal host: `*` means each unit, a cluster name identifies itself, anything else could be any host. */
function literalAddress(text: string): readonly ReadAddress[] {
  const host = text.replace(/^[a-z][\w+.-]*:\/\//i, "").replace(/\/.*$/s, "");
  const [name = "", port] = host.split(":");
  // `f"{url}"` of a URL that is None: the charm has ruled that out in a way that could not be followed.
  if (name === "None" || name === "") return [];
  const read = port !== undefined && /^\d+$/.test(port) ? Number(port) : null;
  const service = /^([\w-]+)(?:$|\.[\w-]+(?:$|\.svc(?:\.|$)))/.exec(name)?.[1];
  return [
    {
      kind: kindOfLiteral(name),
      port: read,
      why: `“${name}” could be the name of any host`,
      ...(service === undefined ? {} : { service }),
    },
  ];
}

function kindOfLiteral(host: string): AddressKind | null {
  if (host === "*") return "unit";
  if (/-endpoints\.[\w-]+\.svc(?:\.|$)/.test(host)) return /^[^.]*\..*-endpoints\./.test(host) ? "unit" : "headless";
  if (/^[\w-]+\.[\w-]+\.svc(?:\.|$)/.test(host)) return "application";
  return null;
}

/**
 * A string with holes. The host follows the scheme: the text between it and the first `:` or `/` decides. A host that
 * is one hole only may be a whole URL itself, and then says what it is.
 */
function templateAddresses(
  program: Program,
  parts: readonly (string | Hole)[],
  at: Location,
  depth: number,
): readonly ReadAddress[] {
  const { host, port } = hostOf(withoutScheme(parts));
  const [only, ...others] = host;
  if (only === undefined) return [UNREAD];
  if (others.length === 0 && typeof only !== "string" && hostPart(only.value) === null) {
    const found = addressesIn(program, only.value, at, depth + 1);
    return found.map((each) => ({ ...each, port: port ?? each.port }));
  }
  if (others.length === 0 && typeof only === "string") return literalAddress(only).map((each) => ({ ...each, port }));
  const service = /^([\w-]+|\{app\}-[\w-]+)\.\{model\}(?:$|\.svc)/.exec(shapeOf(host))?.[1];
  return [{ kind: kindOfParts(host), port, ...whyOfParts(host), ...(service === undefined ? {} : { service }) }];
}

/** What the first hole is that nothing is known about. */
function whyOfParts(parts: readonly (string | Hole)[]): { readonly why?: string } {
  const hole = parts.find((part): part is Hole => typeof part !== "string" && hostPart(part.value) === null);
  return hole ? { why: whyNot(hole.value, "a host") } : {};
}

function withoutScheme(parts: readonly (string | Hole)[]): readonly (string | Hole)[] {
  const at = parts.findIndex((part) => typeof part === "string" && part.includes("://"));
  const part = parts[at];
  if (typeof part !== "string") return parts;
  // Only a scheme may precede it: `http://`, `{scheme}://`, `http{s}://`.
  if (parts.slice(0, at).some((each) => typeof each === "string" && /[./]/.test(each))) return parts;
  return [part.slice(part.indexOf("://") + 3), ...parts.slice(at + 1)].filter((each) => each !== "");
}

function hostOf(parts: readonly (string | Hole)[]): { host: (string | Hole)[]; port: number | null } {
  const host: (string | Hole)[] = [];
  for (const [index, part] of parts.entries()) {
    if (typeof part !== "string") {
      host.push(part);
      continue;
    }
    const end = part.search(/[:/]/);
    if (end < 0) {
      host.push(part);
      continue;
    }
    if (end > 0) host.push(part.slice(0, end));
    return { host, port: part[end] === ":" ? portIn(part.slice(end + 1), parts[index + 1]) : null };
  }
  return { host, port: null };
}

function portIn(text: string, next: string | Hole | undefined): number | null {
  const digits = /^\d+/.exec(text)?.[0];
  if (digits !== undefined) return Number(digits);
  if (text !== "" || next === undefined || typeof next === "string") return null;
  return next.value.kind === "int" ? next.value.value : null;
}

/** The host as text, each hole as what it is: `{app}.{model}.svc`. */
function shapeOf(parts: readonly (string | Hole)[]): string {
  return parts.map((part) => (typeof part === "string" ? part : `{${hostPart(part.value) ?? "?"}}`)).join("");
}

/** The host's shape, each hole as what it is: `{app}.{model}.svc`, `{app}-endpoints.{model}`, `{unit}.{app}-endpoints.…`. */
function kindOfParts(parts: readonly (string | Hole)[]): AddressKind | null {
  const holes = parts.map((part) => (typeof part === "string" ? null : hostPart(part.value)));
  if (parts.some((part, index) => typeof part !== "string" && holes[index] === null)) {
    // A first hole that is read decides even if a namespace behind it is not.
    if (holes[0] === null) return null;
  }
  const text = shapeOf(parts);
  if (/^\{fqdn\}/.test(text)) return "unit";
  if (/^\{headless\}/.test(text)) return "headless";
  if (/\{unit\}|^\{app\}-[^.]*\.\{app\}-endpoints/.test(text)) return "unit";
  if (/^(?:\{app\}|[\w-]+)-endpoints(?:\.|$)/.test(text)) return "headless";
  if (/^\{(?:app|application)\}(?:$|\.)/.test(text)) return "application";
  // Another Service that the charm makes, named after the application: `{app}-workload.{model}.svc`.
  if (/^\{app\}-[\w-]+\.\{model\}(?:$|\.svc)/.test(text)) return "application";
  if (/^[\w-]+\.\{model\}(?:$|\.svc)/.test(text)) return "application";
  if (/^\{external\}/.test(text)) return "external";
  if (/^\{binding\}$/.test(text)) return "unit";
  return null;
}

function kindOfHost(part: HostPart | null): AddressKind | null {
  switch (part) {
    case "fqdn":
    case "unit":
    case "binding":
      return "unit";
    case "headless":
      return "headless";
    case "app":
    case "application":
      return "application";
    case "external":
      return "external";
    default:
      return null;
  }
}

/** What a value that comes from outside the charm's sources is, by its dotted name. */
function hostPart(value: PyValue): HostPart | null {
  const options = optionsOfValue(value).map((each) => namedPart(each));
  const [first] = options;
  return first !== undefined && options.every((each) => each === first) ? first : null;
}

function namedPart(value: PyValue): HostPart | null {
  const names = value.kind === "external" ? [value.name] : value.kind === "instance" ? value.external : [];
  for (const name of names) {
    const part = hostPartNamed(name);
    if (part) return part;
  }
  return null;
}
