import type { SourceFile, SyntaxProblem, YamlDocument, YamlEntry, YamlNode, YamlScalar } from "#syntax";

/** Deeper JSON is refused: it would exhaust the stack, and no juju or Terraform output is. */
const MAX_DEPTH = 200;

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  problem: SyntaxProblem | null;
}

/**
 * A JSON file as the same nodes that the YAML reader makes, some twenty times as fast (a cluster's dump has megabytes).
 * Total: where the text breaks the grammar (RFC 8259) reading ends with one problem at that place, and what was read stays.
 */
export function jsonDocument(file: SourceFile): YamlDocument {
  const reader: Reader = { text: file.text, at: file.text.charCodeAt(0) === 0xfeff ? 1 : 0, depth: 0, problem: null };
  skipBlanks(reader);
  const root = node(reader);
  skipBlanks(reader);
  if (reader.problem === null && reader.at < file.text.length) fail(reader, "Nothing may stand behind the JSON value.");
  return { root, problems: reader.problem === null ? [] : [reader.problem] };
}

function fail(reader: Reader, message: string): void {
  const start = Math.min(reader.at, reader.text.length);
  reader.problem ??= { span: { start, end: Math.min(start + 1, reader.text.length) }, message };
}

function skipBlanks(reader: Reader): void {
  const { text } = reader;
  let { at } = reader;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
    at++;
  }
  reader.at = at;
}

function node(reader: Reader): YamlNode | null {
  switch (reader.text.charCodeAt(reader.at)) {
    case 0x7b:
      return nested(reader, map);
    case 0x5b:
      return nested(reader, sequence);
    case 0x22:
      return string(reader);
    default:
      return literal(reader);
  }
}

function nested(reader: Reader, read: (reader: Reader) => YamlNode): YamlNode | null {
  if (reader.depth >= MAX_DEPTH) {
    fail(reader, `Nested more than ${MAX_DEPTH} levels deep.`);
    return null;
  }
  reader.depth++;
  const found = read(reader);
  reader.depth--;
  return found;
}

function map(reader: Reader): YamlNode {
  const start = reader.at++;
  const entries: YamlEntry[] = [];
  skipBlanks(reader);
  if (reader.text.charCodeAt(reader.at) === 0x7d) reader.at++;
  else
    for (;;) {
      skipBlanks(reader);
      if (entries.length > 0 && closes(reader, 0x7d)) break;
      const key = reader.text.charCodeAt(reader.at) === 0x22 ? string(reader) : null;
      if (key === null) {
        fail(reader, "Expected a member's name in quotation marks.");
        break;
      }
      skipBlanks(reader);
      if (reader.text.charCodeAt(reader.at) !== 0x3a) {
        fail(reader, "Expected a colon.");
        break;
      }
      reader.at++;
      skipBlanks(reader);
      const value = node(reader);
      entries.push({ key, value, span: { start: key.span.start, end: value?.span.end ?? key.span.end } });
      if (!another(reader, 0x7d, "Expected a comma or a closing brace.")) break;
    }
  return { kind: "map", flow: true, entries, span: { start, end: reader.at } };
}

function sequence(reader: Reader): YamlNode {
  const start = reader.at++;
  const items: (YamlNode | null)[] = [];
  skipBlanks(reader);
  if (reader.text.charCodeAt(reader.at) === 0x5d) reader.at++;
  else
    for (;;) {
      skipBlanks(reader);
      if (items.length > 0 && closes(reader, 0x5d)) break;
      items.push(node(reader));
      if (!another(reader, 0x5d, "Expected a comma or a closing bracket.")) break;
    }
  return { kind: "sequence", flow: true, items, span: { start, end: reader.at } };
}

/** A comma behind the last member is not valid JSON, but its meaning is clear: dumps that were shortened by hand have it. */
function closes(reader: Reader, close: number): boolean {
  if (reader.text.charCodeAt(reader.at) !== close) return false;
  reader.at++;
  return true;
}

/** Whether a comma promises another member; takes the closing character otherwise. */
function another(reader: Reader, close: number, message: string): boolean {
  if (reader.problem !== null) return false;
  skipBlanks(reader);
  const code = reader.text.charCodeAt(reader.at);
  if (code === 0x2c || code === close) reader.at++;
  else fail(reader, message);
  return code === 0x2c;
}

function string(reader: Reader): YamlScalar | null {
  const { text } = reader;
  const start = reader.at;
  let end = start + 1;
  let escaped = false;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code === 0x22) break;
    if (code === 0x5c) {
      escaped = true;
      end += 2;
    } else if (code < 0x20 || end >= text.length) {
      reader.at = Math.min(end, text.length);
      fail(reader, "This text is not closed.");
      return null;
    } else end++;
  }
  reader.at = end + 1;
  const source = text.slice(start, end + 1);
  const value = escaped ? unescaped(source) : source.slice(1, -1);
  if (value === null) {
    reader.at = start;
    fail(reader, "This text has an escape that JSON does not know.");
    return null;
  }
  return { kind: "scalar", span: { start, end: end + 1 }, value, source, style: "double" };
}

function unescaped(source: string): string | null {
  try {
    return JSON.parse(source) as string;
  } catch {
    return null;
  }
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

function literal(reader: Reader): YamlScalar | null {
  LITERAL.lastIndex = reader.at;
  const source = LITERAL.exec(reader.text)?.[0];
  if (source === undefined) {
    fail(reader, "Expected a JSON value.");
    return null;
  }
  const start = reader.at;
  reader.at += source.length;
  const value = source === "null" ? null : source === "true" ? true : source === "false" ? false : Number(source);
  return { kind: "scalar", span: { start, end: reader.at }, value, source, style: "plain" };
}
