import type * as z from "zod";
import type { TopologyProblem } from "../topology.ts";
import type { Draft, Step } from "./draft.ts";

/** What could be read, and what was wrong with the rest. */
export interface Salvaged<T> {
  /** null where not even the outermost part has the right form. */
  readonly value: T | null;
  readonly problems: readonly TopologyProblem[];
}

/** A file with more faults than this is not worth listing them all. */
const MAX_PROBLEMS = 50;

/**
 * Reads a draft with a schema. Each part that breaks it is reported with zod's message at its own line, taken out, and the
 * rest is read again: a bad application does not cost the others. A required member that is missing takes its container with it.
 */
export function salvaged<T>(schema: z.ZodType<T>, draft: Draft): Salvaged<T> {
  const problems: TopologyProblem[] = [];
  // A container that something was taken out of may break the schema for that alone: this is not said again.
  const touched = new Set<unknown>();
  for (;;) {
    const parsed = schema.safeParse(draft.value);
    if (parsed.success) return { value: parsed.data, problems: problems.sort(byPlace) };
    const paths = parsed.error.issues.map((issue) => ({
      path: issue.path.filter((step): step is Step => typeof step !== "symbol"),
      message: issue.message,
    }));
    for (const { path, message } of paths) {
      const isReported = touched.has(valueAt(draft, path)) || touched.has(valueAt(draft, innermost(draft, path)));
      if (!isReported && problems.length < MAX_PROBLEMS) problems.push(problem(draft, path, message));
    }
    // Later list items first, so that the indexes of the earlier ones stay right.
    const ordered = [...paths].sort((a, b) => comparePaths(b.path, a.path));
    const gone = new Set<string>();
    for (const { path } of ordered) {
      const part = innermost(draft, path);
      if (part.length === 0) return { value: null, problems: problems.sort(byPlace) };
      const name = JSON.stringify(part);
      if (gone.has(name)) continue;
      touched.add(valueAt(draft, part.slice(0, -1)));
      draft.remove(part);
      gone.add(name);
    }
  }
}

function problem(draft: Draft, path: readonly Step[], message: string): TopologyProblem {
  const where = path.length === 0 ? "" : `${path.join(".")}: `;
  return { code: "unreadable-topology", message: `${where}${message}`, location: draft.at(path) };
}

function byPlace(a: TopologyProblem, b: TopologyProblem): number {
  return a.location.span.start - b.location.span.start;
}

function valueAt(draft: Draft, path: readonly Step[]): unknown {
  let here: unknown = draft.value;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<Step, unknown>)[step];
  }
  return here;
}

/** The path itself where something is there, else the path of the innermost container that lacks it. */
function innermost(draft: Draft, path: readonly Step[]): readonly Step[] {
  let here: unknown = draft.value;
  for (const [index, step] of path.entries()) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return path.slice(0, index);
    here = (here as Record<Step, unknown>)[step];
  }
  return path;
}

function comparePaths(a: readonly Step[], b: readonly Step[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left, right] = [a[index] as Step, b[index] as Step];
    if (left === right) continue;
    if (typeof left === "number" && typeof right === "number") return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return a.length - b.length;
}
