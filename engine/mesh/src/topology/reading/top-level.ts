import { memo, type SourceFile, type SyntaxProblem, type YamlNode, yamlTarget } from "#syntax";
import { documentsOf } from "./documents.ts";

/** Larger files are not looked into: no juju or Terraform output comes near it. */
export const MAX_TOPOLOGY_LENGTH = 64 * 1024 * 1024;

/** The keys of a file's first document, if that is a mapping; empty for anything else. */
export const topLevelKeys = memo((file: SourceFile): ReadonlySet<string> => {
  const root = file.text.length > MAX_TOPOLOGY_LENGTH ? null : (documentsOf(file)[0]?.root ?? null);
  return new Set(mapKeys(root));
});

/** What the YAML or JSON reader could not read of a file, in source order; nothing for one that is too large to be looked into. */
export function topologySyntaxProblems(file: SourceFile): readonly SyntaxProblem[] {
  return file.text.length > MAX_TOPOLOGY_LENGTH ? [] : documentsOf(file).flatMap((each) => each.problems);
}

function mapKeys(root: YamlNode | null): readonly string[] {
  const node = yamlTarget(root);
  return node?.kind === "map" ? node.entries.map((entry) => String(entry.key.value)) : [];
}

/** The last part of a path, in lower case. */
export function fileName(file: SourceFile): string {
  return file.path.slice(file.path.lastIndexOf("/") + 1).toLowerCase();
}
