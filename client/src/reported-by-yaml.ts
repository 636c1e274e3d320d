import type { Diagnostic } from "vscode";

/** What a YAML extension checks: the syntax, and what schemas from schemastore.org say. */
export interface YamlServer {
  readonly validates: boolean;
  readonly hasSchemas: boolean;
}

/** schemastore.org has a schema for this file, and none for the older metadata.yaml. */
const HAS_SCHEMA = /(?:^|\/)charmcraft\.yaml$/;

/**
 * Whether a YAML extension says of this line of the file at `path` what our finding says: that the syntax is broken, or that a relation
 * is not as charmcraft's schema wants it. Only Charm Mesh reports a file that can't be read at all (its finding is at no text).
 */
export function saidByYaml(
  path: string,
  { code, range }: Pick<Diagnostic, "code" | "range">,
  server: YamlServer | null,
): boolean {
  if (!server?.validates || !/\.ya?ml$/.test(path)) return false;
  const name = typeof code === "object" ? code.value : code;
  if (name === "unreadable-file") return !range.isEmpty;
  return name === "invalid-relation-block" && server.hasSchemas && HAS_SCHEMA.test(path);
}
