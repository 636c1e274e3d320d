import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { PyComment, PyModule } from "./node.ts";
import type { PythonParser } from "./parser.ts";
import { kindOf, readingOf, spanOf } from "./reading.ts";
import { statements } from "./statement.ts";

const modules = new WeakMap<SourceFile, PyModule>();

/**
 * The syntax tree of a Python file. Never throws: what can't be read is a `broken` node with a problem at its place, and the
 * module is then `damaged`. Cached by the file.
 */
export function parsePython(parser: PythonParser, file: SourceFile): PyModule {
  const known = modules.get(file);
  if (known) return known;
  const problems: SyntaxProblem[] = [];
  const whole = { start: 0, end: file.text.length };
  const r = readingOf(
    parser,
    file.text,
    (offset) => offset,
    (span, message) => problems.push({ span, message }),
  );
  const body = r ? statements(r, 0) : [];
  let damaged = !r || r.table.hasError;
  if (r?.table.hasError) {
    for (let node = 0; node < r.table.count; node++) {
      if (kindOf(r, node) === "ERROR")
        problems.push({ span: spanOf(r, node), message: "This could not be read as Python." });
    }
  }
  damaged ||= problems.length > 0;
  const comments: PyComment[] = [];
  const module: PyModule = { kind: "module", span: whole, body, comments, problems, damaged };
  modules.set(file, module);
  return module;
}
