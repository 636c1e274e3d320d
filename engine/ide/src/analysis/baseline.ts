import * as z from "zod";
import { lineStarts, positionAt, type SourceFile } from "#syntax";
import type { Diagnostic } from "../diagnostic.ts";

/**
 * The findings of one day, so that only new ones fail. A finding is known again by its code, its file and the text of its line:
 * it stays known while lines move, and comes back as new when the line itself changes.
 */
const baselineSchema = z.object({
  version: z.literal(1),
  findings: z.array(
    z.object({ code: z.string(), path: z.string(), line: z.string(), count: z.number().int().positive() }),
  ),
});

export type Baseline = z.infer<typeof baselineSchema>;

/** A baseline of these findings, in the order of path, code and line, so that its file changes little from day to day. */
export function baselineOf(diagnostics: readonly Diagnostic[]): Baseline {
  const counts = new Map<string, Baseline["findings"][number]>();
  for (const diagnostic of diagnostics) {
    const entry = entryOf(diagnostic);
    const known = counts.get(keyOf(entry));
    counts.set(keyOf(entry), known ? { ...known, count: known.count + 1 } : { ...entry, count: 1 });
  }
  const findings = [...counts.values()].sort(
    (a, b) => ordered(a.path, b.path) || ordered(a.code, b.code) || ordered(a.line, b.line),
  );
  return { version: 1, findings };
}

/** Reads a baseline file; one that is none gives the first thing that is wrong. */
export function readBaseline(file: SourceFile): Baseline | { readonly problem: string } {
  let data: unknown;
  try {
    data = JSON.parse(file.text);
  } catch (error) {
    return { problem: `is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = baselineSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { problem: `is no baseline: ${issue?.message ?? "unreadable"} at ${issue?.path.join(".") || "its top"}` };
}

/** The findings that a baseline does not hold: of several equal ones, as many as there are more than it counted. */
export function withoutBaseline(diagnostics: readonly Diagnostic[], baseline: Baseline): readonly Diagnostic[] {
  const left = new Map(baseline.findings.map((entry) => [keyOf(entry), entry.count]));
  return diagnostics.filter((diagnostic) => {
    const key = keyOf(entryOf(diagnostic));
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
}

type Entry = Omit<Baseline["findings"][number], "count">;

function entryOf({ code, location }: Diagnostic): Entry {
  const { file, span } = location;
  const { line } = positionAt(file, span.start);
  const starts = lineStarts(file);
  return { code, path: file.path, line: file.text.slice(starts[line] ?? 0, starts[line + 1]).trim() };
}

function keyOf(entry: Entry): string {
  return JSON.stringify([entry.code, entry.path, entry.line]);
}

function ordered(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
