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

/** The package's messages under codes that cover many problems. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^Implicit map keys need/, "This line has no `:` behind its key."],
  [/^Missing closing (['"])quote/, "This string is not closed: its last `$1` is missing."],
  [/^Sequence item without -/, "This item has no `-` before it."],
  [/^Comments must be separated/, "A comment needs a blank before its `#`."],
  [/^Tags and anchors must be separated/, "An anchor or tag needs a blank behind it."],
  [/^Missing space after :/, "A `:` needs a blank behind it."],
  [/^Missing , or :/, "A `,` or `:` is missing here."],
  [/^Missing ,/, "A `,` is missing here."],
  [/end with a (.)/, "This is not closed: its `$1` is missing."],
  [/^(?:Alias|Anchor) cannot be an empty string/, "An anchor and its aliases need a name."],
  [/^Block scalar header includes extra/, "Nothing but a comment can stand behind `|` or `>`."],
  [/on same line with key$/, "A list can't start on the line of its key."],
  [/^Unexpected flow-(?:map|seq)-end/, "This closing bracket closes nothing."],
  [/^Unexpected , in/, "This `,` has nothing before it."],
  [/^Unexpected empty item/, "An item is missing here."],
  [/^Unexpected .* at node end|^Unexpected scalar|^Unexpected .* token/, "This does not belong here."],
  [/directives-end|doc-start/, "Between two documents a line `---` is missing."],
];

/** One sentence for people about an error that the `yaml` package found. */
export function sentenceFor(error: YAMLParseError): string {
  for (const [pattern, sentence] of patterns) {
    const found = pattern.exec(error.message);
    if (found) return sentence.replace("$1", () => found[1] ?? "");
  }
  return sentences[error.code] ?? `This could not be read as YAML: ${error.message.replace(/\.?$/, ".")}`;
}
