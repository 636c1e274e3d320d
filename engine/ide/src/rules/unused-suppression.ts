import { type Location, span } from "#syntax";
import { editsOf, fix } from "../fixes/fix.ts";
import { lineStartOf, nextLineOf } from "../fixes/layout.ts";
import type { Suppression } from "./directives.ts";
import { directiveRule } from "./rule.ts";

/** A comment that suppresses nothing hides the next real finding of that kind. */
export const unusedSuppression = directiveRule({
  name: "unused-suppression",
  summary: "A suppression comment that suppresses nothing.",
  severities: ["warning"],
  *findings({ suppressions, used, codes, off }) {
    for (const suppression of suppressions) {
      const { code, location } = suppression;
      if (used.has(suppression) || !codes.includes(code) || off(code, location.file.path)) continue;
      yield {
        message: `Nothing here is reported as ${code}: this comment suppresses nothing.`,
        location,
        tags: ["unnecessary"],
        fixes: [
          fix("Remove the suppression", [editsOf(location.file, [{ span: removedSpan(suppression), newText: "" }])]),
        ],
      };
    }
  },
});

/** The code with its comma; the whole comment where it is the only one, with its line where it stands alone. */
export function removedSpan({ location, comment, siblings }: Suppression): Location["span"] {
  const { text } = location.file;
  if (siblings > 1) {
    const behind = /^\s*,\s*/.exec(text.slice(location.span.end))?.[0];
    if (behind) return span(location.span.start, location.span.end + behind.length);
    const before = /,\s*$/.exec(text.slice(0, location.span.start))?.[0].length ?? 0;
    return span(location.span.start - before, location.span.end);
  }
  const start = lineStartOf(text, comment.span.start);
  const lead = text.slice(start, comment.span.start);
  return lead.trim() === ""
    ? span(start, nextLineOf(text, comment.span.end))
    : span(start + lead.trimEnd().length, comment.span.end);
}
