import { memo, parseYamlDocuments, type SourceFile, type YamlDocument } from "#syntax";
import { jsonDocument } from "./json-nodes.ts";

/**
 * The documents of a YAML or JSON file. What looks like JSON is read as JSON; if it is none after all, and the file is not called
 * `.json` either, as YAML, of whose flow style JSON is nearly a part. Cached by the file.
 */
export const documentsOf = memo((file: SourceFile): readonly YamlDocument[] => {
  const called = /\.json$/i.test(file.path);
  if (!called && !/^\ufeff?\s*[[{]/.test(file.text)) return parseYamlDocuments(file);
  const json = jsonDocument(file);
  return called || json.problems.length === 0 ? [json] : parseYamlDocuments(file);
});
