import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { memo } from "#syntax";
import { pythonRepr } from "../python/repr.ts";
import type { ExactEndpoint, ExactMeshPolicy } from "./exact-mesh-policy.ts";

/**
 * The text that the library hashes: `str()` of the pydantic model (domain/vectors.md 1.2; the library's docstring describes
 * JSON, its code does not).
 */
export function meshPolicyText(policy: ExactMeshPolicy): string {
  const type = policy.target_type;
  return (
    `source_namespace=${pythonRepr(policy.source_namespace)} source_app_name=${pythonRepr(policy.source_app_name)} ` +
    `target_namespace=${pythonRepr(policy.target_namespace)} target_app_name=${optional(policy.target_app_name)} ` +
    `target_selector_labels=${labelText(policy.target_selector_labels)} target_service=${optional(policy.target_service)} ` +
    `target_type=<PolicyTargetType.${type}: '${type}'> endpoints=${endpointsText(policy.endpoints)}`
  );
}

/** Lower-case hexadecimal SHA-256 of a policy's text. Lone surrogates are escaped in it, so it always has a UTF-8 form. */
export function textHash(text: string): string {
  return bytesToHex(sha256(utf8Bytes(text)));
}

const ASCII = new Uint8Array(4096);

/** The text's UTF-8 bytes, valid until the next call: a policy's text is mostly ASCII, which is quicker copied than encoded. */
function utf8Bytes(text: string): Uint8Array {
  if (text.length > ASCII.length) return utf8ToBytes(text);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return utf8ToBytes(text);
    ASCII[index] = code;
  }
  return ASCII.subarray(0, text.length);
}

function optional(text: string | null): string {
  return text === null ? "None" : pythonRepr(text);
}

function labelText(labels: ReadonlyMap<string, string> | null): string {
  if (labels === null) return "None";
  const members: string[] = [];
  for (const [key, value] of labels) members.push(`${pythonRepr(key)}: ${pythonRepr(value)}`);
  return `{${members.join(", ")}}`;
}

/** The same endpoints stand in the policies of all relations, so their text is made once. */
const endpointsText = memo(
  (endpoints: readonly ExactEndpoint[]): string => `[${endpoints.map(endpointText).join(", ")}]`,
);

function endpointText(endpoint: ExactEndpoint): string {
  const hosts = listText(endpoint.hosts, pythonRepr);
  const ports = listText(endpoint.ports, String);
  const methods = listText(endpoint.methods, (method) => `<Method.${method.toLowerCase()}: '${method}'>`);
  return `Endpoint(hosts=${hosts}, ports=${ports}, methods=${methods}, paths=${listText(endpoint.paths, pythonRepr)})`;
}

function listText<T>(items: readonly T[] | null, text: (item: T) => string): string {
  return items === null ? "None" : `[${items.map(text).join(", ")}]`;
}
