import { Composer, type Document, Parser } from "yaml";
import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import { documentOf } from "./convert.ts";
import { pruned } from "./depth.ts";
import type { YamlDocument } from "./node.ts";

const documents = new WeakMap<SourceFile, readonly YamlDocument[]>();

const empty: YamlDocument = { root: null, problems: [] };

/**
 * The first document of a YAML file, as Juju and charmcraft read it; a second one is reported as a problem. Never throws:
 * of a broken file everything that can be read is there, and `problems` says in sentences what is wrong where. An empty file
 * has the root null. Anchors are shared, not copied, so an alias bomb costs nothing; an alias inside its own anchor has no
 * target; what lies more than 100 levels deep is left out with a problem. Duplicate keys are kept, with a problem.
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
export function parseYamlDocuments(file: SourceFile): readonly YamlDocument[] {
  const known = documents.get(file);
  if (known) return known;
  const found = read(file.text);
  documents.set(file, found);
  return found;
}

function read(text: string): YamlDocument[] {
  const problems: SyntaxProblem[] = [];
  const composer = new Composer({
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: "silent",
    keepSourceTokens: false,
  });
  const composed: Document.Parsed[] = [];
  for (const token of new Parser().parse(text)) {
    for (const document of composer.next(pruned(token, problems))) composed.push(document as Document.Parsed);
  }
  for (const document of composer.end(false, text.length)) composed.push(document as Document.Parsed);
  const found = composed.map((document) => documentOf(text, document));
  const [first = empty, ...others] = found;
  return [{ root: first.root, problems: [...first.problems, ...problems] }, ...others];
}
