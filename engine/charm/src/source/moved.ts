import type { Location, SourceFile, Span } from "#syntax";

/** Where the places of older texts lie in newer ones. Files that are not among the keys did not change. */
export type Moves = ReadonlyMap<SourceFile, { readonly file: SourceFile; readonly place: (span: Span) => Span }>;

/**
 * The same plain data with every location in an older text put where it lies in the newer one. What holds no such location stays the
 * same object, and so does everything where nothing moves.
 */
export function moved<T>(data: T, moves: Moves): T {
  return moves.size === 0 ? data : (movedValue(data, moves, new Map()) as T);
}

type Plain = { readonly [key: string]: unknown };

function movedValue(value: unknown, moves: Moves, known: Map<object, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const after = movedObject(value, moves, known);
  known.set(value, after);
  return after;
}

function movedObject(value: object, moves: Moves, known: Map<object, unknown>): unknown {
  if (isSourceFile(value)) return moves.get(value)?.file ?? value;
  if (isLocation(value)) {
    const move = moves.get(value.file);
    return move ? { ...value, file: move.file, span: move.place(value.span) } : value;
  }
  const inside = (each: unknown): unknown => movedValue(each, moves, known);
  if (Array.isArray(value)) {
    const items = value.map(inside);
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, each]) => [inside(key), inside(each)] as const);
    return entries.every(([key, each]) => value.has(key) && value.get(key) === each) ? value : new Map(entries);
  }
  if (value instanceof Set) {
    const items = [...value].map(inside);
    return items.every((item) => value.has(item)) ? value : new Set(items);
  }
  const result: Record<string, unknown> = {};
  let isSame = true;
  for (const key in value) {
    const each = (value as Plain)[key];
    result[key] = inside(each);
    if (result[key] !== each) isSame = false;
  }
  return isSame ? value : result;
}

function isSourceFile(value: object): value is SourceFile {
  return "path" in value && "text" in value && "version" in value;
}

function isLocation(value: object): value is Location {
  return "file" in value && "span" in value && typeof value.file === "object" && value.file !== null;
}
