import { Composer, type Document } from "yaml";
import { memo } from "../memo.ts";
import { patchedText } from "../text/patch.ts";
import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import { documentOf } from "./convert.ts";
import { pruned, syntaxTokens } from "./depth.ts";
import type { YamlDocument } from "./node.ts";
import { outdentedLines } from "./outdented.ts";

const empty: YamlDocument = { root: null, problems: [] };

/**
 * The first document of a YAML file, as Juju and charmcraft read it; a second one is reported as a problem. Never throws:
 * from a broken file it returns everything readable, and `problems` explains each error with its place. An empty file
 * has the root null. Anchors are shared, not copied, so an alias bomb costs nothing; an alias inside its own anchor has no
 * target; the reader omits levels below 100 with a problem, and everything behind level 400 too. It keeps duplicate keys, with a problem.
 * Rests on the `yaml` package (https://eemeli.org/yaml/), YAML 1.2 core schema.
 */
export function parseYaml(file: SourceFile): YamlDocument {
  const all = parseYamlDocuments(file);
  const [first = empty, second] = all;
  if (!second?.root) return first;
  const at = second.root.span.start;
  const message = "Only the first document of this file is read; a second one starts here.";
  return { root: first.root, problems: [...first.problems, { span: { start: at, end: at }, message }] };
}

/** All documents of a YAML stream, such as a bundle with its overlays; see `parseYaml` for what is reported. Cached by the file. */
export const parseYamlDocuments = memo((file: SourceFile): readonly YamlDocument[] => readOrFailed(file.text));

/** The package's failure on a text is a problem of that text. */
function readOrFailed(text: string): YamlDocument[] {
  try {
    return read(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ root: null, problems: [{ span: { start: 0, end: 0 }, message: `This can't be read: ${why}.` }] }];
  }
}

function read(text: string): YamlDocument[] {
  const found = composed(text, text, (offset) => offset);
  const unclosed = found.some(({ problems }) =>
    problems.some(({ message }) => message.startsWith("This string is not closed")),
  );
  const patches = unclosed ? outdentedLines(text) : [];
  if (patches.length === 0) return found;
  const indented = patchedText(text, 0, text.length, patches);
  const again = composed(text, indented.text, indented.at);
  const count = (documents: readonly YamlDocument[]) =>
    documents.reduce((sum, { problems }) => sum + problems.length, 0);
  return count(again) < count(found) ? again : found;
}

/** The documents of a text that replaces the file's; `at` maps its offsets to the file's. */
function composed(file: string, text: string, at: (offset: number) => number): YamlDocument[] {
  const deep: SyntaxProblem[] = [];
  const composer = new Composer({
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: "silent",
    keepSourceTokens: false,
  });
  const documents: Document.Parsed[] = [];
  for (const token of syntaxTokens(text, deep)) {
    for (const document of composer.next(pruned(token, deep))) documents.push(document as Document.Parsed);
  }
  for (const document of composer.end(false, text.length)) documents.push(document as Document.Parsed);
  const [first = empty, ...others] = documents.map((document) => documentOf(file, document, at));
  const problems = deep.map(({ span, message }) => ({ span: { start: at(span.start), end: at(span.end) }, message }));
  return [{ root: first.root, problems: [...first.problems, ...problems] }, ...others];
}
