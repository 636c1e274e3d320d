import { stringify } from "yaml";

/** Plain data as a YAML document, block style, never folded; it takes everything that JSON can express. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
