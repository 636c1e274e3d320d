import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { pythonRepr } from "../python/repr.ts";
import type { ExactEndpoint, ExactMeshPolicy } from "./exact-mesh-policy.ts";

/**
 * The text that the library hashes: `str()` of the pydantic model (domain/vectors.md 1.2; the library's docstring speaks of
 * JSON, its code does not).
 */
export function meshPolicyText(policy: ExactMeshPolicy): string {
  const type = policy.target_type;
  return (
    `source_namespace=${pythonRepr(policy.source_namespace)} source_app_name=${pythonRepr(policy.source_app_name)} ` +
    `target_namespace=${pythonRepr(policy.target_namespace)} target_app_name=${optional(policy.target_app_name)} ` +
    `target_selector_labels=${labelText(policy.target_selector_labels)} target_service=${optional(policy.target_service)} ` +
    `target_type=<PolicyTargetType.${type}: '${type}'> endpoints=[${policy.endpoints.map(endpointText).join(", ")}]`
  );
}

/** Lower-case hexadecimal SHA-256 of a policy's text. Lone surrogates are escaped in it, so it always has a UTF-8 form. */
export function textHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
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

function endpointText(endpoint: ExactEndpoint): string {
  const hosts = listText(endpoint.hosts, pythonRepr);
  const ports = listText(endpoint.ports, String);
  const methods = listText(endpoint.methods, (method) => `<Method.${method.toLowerCase()}: '${method}'>`);
  return `Endpoint(hosts=${hosts}, ports=${ports}, methods=${methods}, paths=${listText(endpoint.paths, pythonRepr)})`;
}

function listText<T>(items: readonly T[] | null, text: (item: T) => string): string {
  return items === null ? "None" : `[${items.map(text).join(", ")}]`;
}
