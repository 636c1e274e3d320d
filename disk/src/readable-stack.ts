import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";

/**
 * A stack trace that names the places in the sources instead of those in the bundles, by the source maps beside the bundles
 * (https://nodejs.org/api/module.html#class-modulesourcemap). Done here and only when something failed, since Node's own
 * `--enable-source-maps` would read the maps at every start. What has no map, or a map that can't be read, stays as it is.
 */
export function readableStack(stack: string): string {
  return stack.replace(
    /(?<![^\s(])((?:\/|[A-Za-z]:\\)[^\n():]{1,400}\.js):(\d+):(\d+)/g,
    (place, file: string, line, column) => {
      // Both count from 0 in the map and from 1 in the trace.
      const entry = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
      if (!entry || !("originalSource" in entry) || !entry.originalSource) return place;
      return `${sourceName(entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    },
  );
}

/** Maps that were read, as long as there is memory for them: each takes a tenth of a second, and failures come in swarms. */
const maps = new Map<string, WeakRef<SourceMap>>();

function mapOf(file: string): SourceMap | null {
  const known = maps.get(file)?.deref();
  if (known) return known;
  const read = sourceMapBeside(file);
  if (read) maps.set(file, new WeakRef(read));
  return read;
}

function sourceMapBeside(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
  } catch {
    // The error is dropped: the trace itself matters more than its readable form.
    return null;
  }
}

/** The path in the repository: the maps name sources relative to `dist`. */
function sourceName(source: string): string {
  return path.posix.normalize(source).replace(/^(?:\.\.\/)+/, "");
}
