import type { YAMLParseError } from "yaml";

const sentences: Readonly<Record<string, string>> = {
  ALIAS_PROPS: "An alias can't have an anchor or a tag of its own.",
  BAD_ALIAS: "An alias can't stand here.",
  BAD_DIRECTIVE: "This directive is not known to YAML.",
  BAD_DQ_ESCAPE: "This escape sequence is not known to YAML; write `\\\\` for a backslash.",
  BAD_INDENT: "This line is not indented like the lines it belongs to.",
  BAD_PROP_ORDER: "An anchor or tag must stand before the value, on the same line.",
  BAD_SCALAR_START: "A value can't start with this character; put it in quotes.",
  BLOCK_AS_IMPLICIT_KEY:
    "A mapping can't start here: its key must stand on a line of its own, indented below the key it belongs to.",
  BLOCK_IN_FLOW: "Inside of `{…}` or `[…]` no indented block can stand.",
  KEY_OVER_1024_CHARS: "This key is longer than 1,024 characters.",
  MULTILINE_IMPLICIT_KEY: "This line has no `:` behind its key.",
  MULTIPLE_ANCHORS: "A value can have only one anchor.",
  MULTIPLE_TAGS: "A value can have only one tag.",
  TAB_AS_INDENT: "Tabs can't indent in YAML; use spaces.",
  TAG_RESOLVE_FAILED: "The value does not fit its tag.",
  BAD_COLLECTION_TYPE: "The value does not fit its tag.",
};

/** One sentence for people about an error that the `yaml` package found. */
export function sentenceFor(error: YAMLParseError): string {
  const known = sentences[error.code];
  if (known) return known;
  const quote = /^Missing closing (['"])quote/.exec(error.message)?.[1];
  if (quote) return `This string is not closed: its last \`${quote}\` is missing.`;
  return `This could not be read as YAML: ${error.message.replace(/\.?$/, ".")}`;
}
