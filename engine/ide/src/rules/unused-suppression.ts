import { type Location, span } from "#syntax";
import type { Finding, Fix } from "../diagnostic.ts";
import { editsOf, fix, replacementFix } from "../edits/fix.ts";
import { lineStartOf, nextLineOf } from "../edits/layout.ts";
import type { Suppression } from "../facts/directives.ts";
import { directiveRule } from "./rule.ts";

/** A comment that suppresses nothing hides the next real finding of that kind. */
export const unusedSuppression = directiveRule({
  name: "unused-suppression",
  summary: "A suppression comment that suppresses nothing.",
  severities: ["warning"],
  *findings({ suppressions, used, meant, codes, off }) {
    for (const suppression of suppressions) {
      const { code, location } = suppression;
      if (code === null) {
        yield withoutCode(suppression, [...(meant.get(suppression) ?? [])].sort());
        continue;
      }
      if (used.has(suppression) || !codes.includes(code) || off(code, location.file.path)) continue;
      yield {
        message: `This comment suppresses nothing: nothing here is reported as ${code}.`,
        location,
        tags: ["unnecessary"],
        fixes: [removingFix(suppression, true)],
      };
    }
  },
});

/** Only the author knows the purpose of a suppression, so where candidates exist, no fix is the one for "fix all". */
function withoutCode(suppression: Suppression, meant: readonly string[]): Finding {
  const { location, line } = suppression;
  const said = "This comment names no rule, so it suppresses nothing";
  if (meant.length === 0) return { message: `${said}.`, location, fixes: [removingFix(suppression, true)] };
  const words = `${line === null ? "ignore-file" : "ignore"}[${meant.join(", ")}]`;
  const naming = replacementFix(`Name what is found: ${words}`, location, `# charm-mesh: ${words}`, false);
  return { message: `${said}: write ${words}.`, location, fixes: [naming, removingFix(suppression, false)] };
}

function removingFix(suppression: Suppression, preferred: boolean): Fix {
  const { file } = suppression.location;
  return fix("Remove the suppression", [editsOf(file, [{ span: removedSpan(suppression), newText: "" }])], preferred);
}

/** The code with its comma; the whole comment where it is the only one, with its line where it is alone. */
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
