import type { DenialLog, ExplainedDenial } from "#mesh";
import { type Location, positionAt } from "#syntax";
import { markdownText } from "../table/markdown-table.ts";
import { denialHeadline, denialLogSummary, requestWords } from "./denial-words.ts";

/**
 * The explanation of a log as Markdown: a summary, then a section for each refused flow with its reason, places, fix and commands. `linkOf` gives
 * the target of a link to a file, null where there is none; by default the path itself.
 */
export function denialsMarkdown(
  denials: readonly ExplainedDenial[],
  log: DenialLog,
  linkOf: (path: string) => string | null = relativeLink,
): string {
  const summary = denialLogSummary(denials, log).map((sentence) => markdownText(sentence));
  const sections = denials.map((denial) => section(denial, linkOf));
  return [`### Denied requests\n\n${summary.join("\n\n")}\n`, ...sections].join("\n");
}

/** A path as the target of a link that is relative to where the report is. */
function relativeLink(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function section(denial: ExplainedDenial, linkOf: (path: string) => string | null): string {
  const places = placesOf(denial).map(
    (place) => `- ${placeMarkdown(place.location, linkOf)}: ${markdownText(place.text)}`,
  );
  const request = requestWords(denial);
  const blocks = [
    `#### ${markdownText(denialHeadline(denial))}`,
    [`${denial.count}×`, `at the ${denial.at}`, request === "" ? "" : `<code>${markdownText(request)}</code>`]
      .filter((part) => part !== "")
      .join(", "),
    withCode(denial.reason),
    places.length === 0 ? "" : places.join("\n"),
    denial.fix === null ? "" : `**Fix:** ${withCode(denial.fix)}`,
    ...denial.checks.map(({ text, command }) => `${withCode(text)}\n\n\`\`\`sh\n${oneLine(command)}\n\`\`\``),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** At most five places in files, each once. */
function placesOf({ because }: ExplainedDenial): readonly { readonly location: Location; readonly text: string }[] {
  const found = new Map<string, { readonly location: Location; readonly text: string }>();
  for (const { location, text } of because)
    if (location !== null) {
      const key = `${location.file.path}:${location.span.start}`;
      if (!found.has(key)) found.set(key, { location, text });
    }
  return [...found.values()].slice(0, 5);
}

function placeMarkdown({ file, span }: Location, linkOf: (path: string) => string | null): string {
  const line = positionAt(file, span.start).line + 1;
  const shown = `<code>${markdownText(`${file.path}:${line}`)}</code>`;
  const target = linkOf(file.path);
  return target === null ? shown : `[${shown}](<${target.replaceAll(/[<>\s]/g, encodeURIComponent)}#L${line}>)`;
}

/** A sentence in which code stands between backticks, as Markdown. */
function withCode(sentence: string): string {
  return sentence
    .split("`")
    .map((part, index) => (index % 2 === 0 ? markdownText(part) : `<code>${markdownText(part)}</code>`))
    .join("");
}

/** A command is one line, and can't end its block. */
function oneLine(command: string): string {
  return command.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").replaceAll("```", "'''");
}
