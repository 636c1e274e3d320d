import { stringify } from "yaml";

/** Plain data as a YAML document, block style, never folded; what JSON can say is what it takes. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
