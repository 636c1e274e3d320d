import type { BoundArguments } from "#python";
import type { Location, PyModule, SourceFile, Span } from "#syntax";

/** Which pieces of a charm's Python are not read as written, by file. */
export type Damage = ReadonlyMap<SourceFile, readonly Span[]>;

/** The damage of some files; those that parse are not in it. */
export function damageOf(sources: readonly { readonly file: SourceFile; readonly tree: PyModule }[]): Damage {
  return new Map(
    sources.filter(({ tree }) => tree.recovered.length > 0).map(({ file, tree }) => [file, tree.recovered]),
  );
}

/** Whether a place overlaps a piece that the parser does not read as written; a piece without width counts if it is inside. */
export function isDamaged(damage: Damage, { file, span }: Location): boolean {
  return (damage.get(file) ?? []).some((each) => each.start <= span.end && span.start <= each.end);
}

/**
 * Whether a call is being typed in a way that may hide an argument: a broken piece in its argument list that is not inside
 * the value of an argument that was read. In words, or null.
 */
export function hiddenArguments(damage: Damage, call: Location, args: BoundArguments | null): string | null {
  const pieces = (damage.get(call.file) ?? []).filter(
    (each) => call.span.start <= each.start && each.end <= call.span.end,
  );
  if (pieces.length === 0) return null;
  const values = [...(args?.positional ?? []), ...(args?.keywords.values() ?? [])]
    .filter((argument) => argument.at.file === call.file)
    .map((argument) => argument.at.span);
  const hidden = pieces.some((piece) => !values.some((value) => value.start < piece.start && piece.end < value.end));
  return hidden ? "an argument of this call can't be read as it stands" : null;
}
