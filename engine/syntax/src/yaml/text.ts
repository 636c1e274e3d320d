import { Document, Scalar, visit } from "yaml";
import { visibleJson, visibleText } from "../text/visible.ts";

/**
 * Plain data as a YAML document, block style, never folded; what JSON can say is what it takes. A string that holds what nobody sees, line
 * breaks among it, stands between double quotes with escapes.
 */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && visibleText(node.value) !== node.value) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // Between double quotes YAML knows the escapes of JSON (YAML 1.2, 5.7).
  return visibleJson(document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER }));
}
