import type { CharmFiles } from "#charm";
import { type SourceFile, sourceFile, span, visibleText } from "#syntax";
import type { Diagnostic } from "../diagnostic.ts";
import { unreadableFile } from "../rules/unreadable-file.ts";

/** What some work gave, or why it gave nothing. */
export type Attempt<T> = { readonly value: T } | { readonly failure: string };

/**
 * Does a piece of work that concerns one charm or one file. The engine is total, so a throw is a bug of the engine that this text led to
 * (or a stack that it exhausted): it stays with the charm or file, and everything else is checked.
 */
export function attempted<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** The finding for a charm or a file whose reading failed; `consequence` is the sentence that says what is missing now. */
export function failedFinding(file: SourceFile, consequence: string, failure: string): Diagnostic {
  return {
    code: unreadableFile.name,
    severity: unreadableFile.severities[0],
    message: `${consequence} Charm Mesh failed on it (${visibleText(failure)}). Please report this with the file.`,
    location: { file, span: span(0, 0) },
    related: [],
    fixes: [],
    tags: [],
  };
}

/** The representative file of a whole charm: its metadata, or any file where it has none. */
export function fileOfCharm(charm: CharmFiles): SourceFile {
  const metadata = charm.files.get("charmcraft.yaml") ?? charm.files.get("metadata.yaml");
  const [first] = charm.files.values();
  return metadata ?? first ?? sourceFile(charm.root === "" ? "charmcraft.yaml" : `${charm.root}/charmcraft.yaml`, "");
}
