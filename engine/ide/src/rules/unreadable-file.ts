import { isManifestPath } from "#charm";
import { type SourceFile, type Span, sourceFile, span } from "#syntax";
import { lineEndOf, lineStartOf } from "../edits/layout.ts";
import { charmRule } from "./rule.ts";

/** One finding per unreadable file; the rules still check everything readable. */
export const unreadableFile = charmRule({
  name: "unreadable-file",
  summary: "A file is not UTF-8, too large, or not valid YAML.",
  severities: ["error"],
  *findings({ charm, metadata }) {
    for (const [path, why] of charm.unreadable) {
      // Policies that a manifest may hold are unknown; nothing says that it holds any.
      if (isManifestPath(path)) continue;
      const file = sourceFile(charm.root === "" ? path : `${charm.root}/${path}`, "");
      yield { message: `Nothing in this file is checked: it ${why}.`, location: { file, span: span(0, 0) } };
    }
    const seen = new Set<string>();
    for (const { file, problem } of metadata.syntaxProblems) {
      if (seen.has(file.path)) continue;
      seen.add(file.path);
      yield {
        message: `Charmcraft refuses this file, because it is not valid YAML: ${problem.message}`,
        location: { file, span: brokenLine(file, problem.span.start) },
      };
    }
  },
});

/** The text of the line at an offset without the blanks around it: where exactly a parser gives up says little. */
export function brokenLine(file: SourceFile, offset: number): Span {
  const start = lineStartOf(file.text, Math.min(offset, file.text.length));
  const line = file.text.slice(start, lineEndOf(file.text, start));
  const lead = line.length - line.trimStart().length;
  return span(start + lead, start + Math.max(lead, line.trimEnd().length));
}
