import type { Diagnostic, Severity } from "#ide";
import { type Location, lineStarts, positionAt, visibleText } from "#syntax";
import type { Paint, Style } from "../terminal.ts";
import { counted } from "./plural.ts";

const STYLE: Readonly<Record<Severity, Style>> = {
  error: "red",
  warning: "yellow",
  information: "blue",
  hint: "gray",
};

/** Findings for people, an empty line after each: place, severity, name, message, the line itself, related places and the names of fixes. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], paint: Paint): readonly string[] {
  return diagnostics.flatMap((diagnostic) => [...findingLines(diagnostic, paint), ""]);
}

/** One closing line: how many of which severity in how many charms. */
export function summaryText(diagnostics: readonly Diagnostic[], charms: number, paint: Paint): string {
  const count = (severity: Severity): number => diagnostics.filter((one) => one.severity === severity).length;
  const inCharms = `in ${counted(charms, "charm")}`;
  if (diagnostics.length === 0) return paint("green", `No findings ${inCharms}.`);
  const parts = (["error", "warning", "information", "hint"] as const)
    .filter((severity) => count(severity) > 0)
    .map((severity) => {
      const noun =
        severity === "information"
          ? counted(count(severity), "piece of information", "pieces of information")
          : counted(count(severity), severity);
      return paint(STYLE[severity], noun);
    });
  return `${parts.join(", ")} ${inCharms}.`;
}

function findingLines(diagnostic: Diagnostic, paint: Paint): readonly string[] {
  const { location, severity } = diagnostic;
  return [
    `${paint("bold", placeText(location))} ${paint(STYLE[severity], severity)} ${paint("gray", diagnostic.code)}`,
    `  ${diagnostic.message}`,
    ...sourceLines(location, paint, STYLE[severity]),
    ...diagnostic.related.map((one) => paint("gray", `  ${placeText(one.location)}: ${one.message}`)),
    ...diagnostic.fixes.map((fix) => paint("cyan", `  fix: ${fix.title}`)),
  ];
}

/** `path:line:column`, counted from 1, as terminals and editors open it. */
export function placeText(location: Location): string {
  const { line, character } = positionAt(location.file, location.span.start);
  return `${visibleText(location.file.path)}:${line + 1}:${character + 1}`;
}

function sourceLines(location: Location, paint: Paint, style: Style): string[] {
  const { file, span } = location;
  const start = positionAt(file, span.start);
  const end = positionAt(file, span.end);
  const starts = lineStarts(file);
  const from = starts[start.line] ?? 0;
  const text = file.text.slice(from, starts[start.line + 1] ?? file.text.length).replace(/(?<![\r\n])[\r\n]+$/, "");
  if (text.trim() === "") return [];
  const width = 160;
  const shift = start.character > width - 40 ? start.character - 40 : 0;
  const shown = text.slice(shift, shift + width).replaceAll("\t", " ");
  const column = start.character - shift;
  const length = Math.max(
    1,
    Math.min((end.line === start.line ? end.character : text.length) - start.character, shown.length - column),
  );
  const number = String(start.line + 1);
  return [
    paint("gray", `  ${number} │ `) + shown,
    paint("gray", `  ${" ".repeat(number.length)} │ `) + " ".repeat(column) + paint(style, "^".repeat(length)),
  ];
}
