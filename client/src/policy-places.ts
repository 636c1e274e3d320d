import * as z from "zod/mini";

/** `path:line:column`, counted from 1, as the documents of policies write places. */
export const PLACE = /(?<![\w./-])([\w./-]+\.(?:py|ya?ml|json)):(\d+):(\d+)/g;

/** The argument of the command that shows the policies, where a lens runs it. */
export const sourceLineSchema = z.object({ path: z.string(), line: z.int().check(z.nonnegative()) });

/** A line of a charm, counted from 0, by the server's name of the file. */
export type SourceLine = z.infer<typeof sourceLineSchema>;

/** The row of a text of policies that comes from a source line, counted from 0; null: none does. */
export function rowOf(text: string, { path, line }: SourceLine): number | null {
  const row = text
    .split("\n")
    .findIndex((one) => [...one.matchAll(PLACE)].some(([, file, at]) => file === path && Number(at) === line + 1));
  return row < 0 ? null : row;
}
