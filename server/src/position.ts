import { lineStarts, offsetAt, type Position, positionAt, type Range, type SourceFile, type Span } from "#syntax";
import type { Encoding } from "./encoding.ts";

/** Between a client's positions and the engine's UTF-16 offsets. */
export interface Positions {
  readonly encoding: Encoding;
  /** The offset of a client's position, clamped to the file and to its line. */
  readonly offset: (file: SourceFile, position: Position) => number;
  /** A client's range of a span. */
  readonly range: (file: SourceFile, span: Span) => Range;
}

/** The conversions for one encoding. */
export function positionsIn(encoding: Encoding): Positions {
  if (encoding === "utf-16") {
    return {
      encoding,
      offset: offsetAt,
      range: (file, { start, end }) => ({ start: positionAt(file, start), end: positionAt(file, end) }),
    };
  }
  const size = encoding === "utf-8" ? utf8Size : () => 1;
  const toClient = (file: SourceFile, offset: number): Position => {
    const { line, character } = positionAt(file, offset);
    const start = lineStarts(file)[line] ?? 0;
    let units = 0;
    for (const symbol of file.text.slice(start, start + character)) units += size(symbol);
    return { line, character: units };
  };
  const toOffset = (file: SourceFile, position: Position): number => {
    const start = offsetAt(file, { line: position.line, character: 0 });
    const end = offsetAt(file, { line: position.line, character: Number.MAX_SAFE_INTEGER });
    let units = 0;
    let at = start;
    for (const symbol of file.text.slice(start, end)) {
      units += size(symbol);
      if (units > position.character) break;
      at += symbol.length;
    }
    return at;
  };
  return {
    encoding,
    offset: toOffset,
    range: (file, { start, end }) => ({ start: toClient(file, start), end: toClient(file, end) }),
  };
}

/** Bytes of one code point in UTF-8. */
function utf8Size(symbol: string): number {
  const code = symbol.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
