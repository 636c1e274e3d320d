import { pythonRepr } from "../../../engine/mesh/src/policy/python/repr.ts";
import { failure, type Result } from "../../../engine/mesh/src/policy/python/value.ts";

/** Schemes whose last path segment may end in `;params` (urllib.parse.uses_params of Python 3.11). */
const WITH_PARAMETERS = new Set(
  " ftp hdl prospero http imap https shttp rtsp rtsps rtspu sip sips mms sftp tel".split(" "),
);
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;

export interface ParsedUrl {
  readonly scheme: string;
  readonly netloc: string;
  /** Without the parameters of its last segment, the query and the fragment. */
  readonly path: string;
  /** In lower case and without brackets; null when empty. */
  readonly hostname: string | null;
}

/**
 * Python's `urllib.parse.urlparse(text)` (3.11), as far as the telemetry proxy looks at it; the ValueErrors of unbalanced
 * brackets and of authorities that change under NFKC come out as errors. The port is read lazily, as in Python: `urlPort`.
 */
export function parsedUrl(text: string): Result<ParsedUrl> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that urlsplit strips
  let rest = text.replace(/^[\u0000- ]+/, "").replace(/[\t\r\n]/g, "");
  let scheme = "";
  const named = SCHEME.exec(rest);
  if (named?.[1] !== undefined) {
    scheme = named[1].toLowerCase();
    rest = rest.slice(named[0].length);
  }
  let netloc = "";
  if (rest.startsWith("//")) {
    const end = rest.slice(2).search(/[/?#]/);
    netloc = end < 0 ? rest.slice(2) : rest.slice(2, 2 + end);
    rest = rest.slice(2 + netloc.length);
    if (netloc.includes("[") !== netloc.includes("]")) return failure("ValueError", "Invalid IPv6 URL");
  }
  const path = rest.split("#", 1)[0]?.split("?", 1)[0] ?? "";
  const changed = changedUnderNfkc(netloc);
  if (changed !== null) return failure("ValueError", changed);
  return {
    value: {
      scheme,
      netloc,
      path: WITH_PARAMETERS.has(scheme) ? withoutParameters(path) : path,
      hostname: hostname(netloc),
    },
  };
}

function withoutParameters(path: string): string {
  const at = path.indexOf(";", Math.max(path.lastIndexOf("/"), 0));
  return at < 0 ? path : path.slice(0, at);
}

function changedUnderNfkc(netloc: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  if (/^[\u0000-\u007f]*$/.test(netloc)) return null;
  const plain = netloc.replace(/[@:#?]/g, "");
  const normal = plain.normalize("NFKC");
  if (normal === plain || !/[/?#@:]/.test(normal)) return null;
  return `netloc '${netloc}' contains invalid characters under NFKC normalization`;
}

function hostAndPort(netloc: string): { readonly host: string; readonly port: string } {
  const address = netloc.slice(netloc.lastIndexOf("@") + 1);
  const bracket = address.indexOf("[");
  if (bracket >= 0) {
    const inside = address.slice(bracket + 1);
    const close = inside.indexOf("]");
    const after = close < 0 ? "" : inside.slice(close + 1);
    const colon = after.indexOf(":");
    return { host: close < 0 ? inside : inside.slice(0, close), port: colon < 0 ? "" : after.slice(colon + 1) };
  }
  const colon = address.indexOf(":");
  return colon < 0 ? { host: address, port: "" } : { host: address.slice(0, colon), port: address.slice(colon + 1) };
}

function hostname(netloc: string): string | null {
  const { host } = hostAndPort(netloc);
  if (host === "") return null;
  const zone = host.indexOf("%");
  return zone < 0 ? host.toLowerCase() : host.slice(0, zone).toLowerCase() + host.slice(zone);
}

/** The `.port` of a parsed URL: null where there is none or an empty one; ValueError where it is no number up to 65535. */
export function urlPort(url: ParsedUrl): Result<number | null> {
  const { port } = hostAndPort(url.netloc);
  if (port === "") return { value: null };
  if (!/^[0-9]+$/.test(port)) {
    return failure("ValueError", `Port could not be cast to integer value as ${pythonRepr(port)}`);
  }
  const digits = port.replace(/^0+(?=.)/, "");
  if (digits.length > 5 || Number(digits) > 65535) return failure("ValueError", "Port out of range 0-65535");
  return { value: Number(digits) };
}
