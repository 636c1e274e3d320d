import type { Span } from "./span.ts";

/**
 * One file as the host read it. Immutable: an edit makes a new object, so caches can be keyed by identity.
 * `path` is the host's own name for the file, with `/` between its parts (in the command line: relative to the working directory).
 */
export interface SourceFile {
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

/** A place in a file. It holds the file itself, so that its consumer can count lines without a look-up. */
export interface Location {
  readonly file: SourceFile;
  readonly span: Span;
}

/** A new immutable file. */
export function sourceFile(path: string, text: string, version = 0): SourceFile {
  return { path, version, text };
}
