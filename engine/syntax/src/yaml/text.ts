import { Document, Scalar, visit } from "yaml";
import { LOG_COMMAND, visibleJson, visibleText } from "../text/visible.ts";

/**
 * Writes plain JSON data as a YAML document in block style, without folded lines. A string with invisible characters or line breaks is in
 * double quotes with escapes. Strings that YAML 1.1 reads as something else, such as `on`, are quoted too: kubectl reads YAML 1.1.
 */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value !== "string") return;
      if (visibleText(node.value) !== node.value || node.value.includes(LOG_COMMAND)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // Between double quotes YAML knows the escapes of JSON (YAML 1.2, 5.7).
  return visibleJson(document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER }));
}
