import type { GraphView } from "#protocol";
import { shortened } from "../mermaid/label.ts";
import { GRAPH_COLUMNS, type GraphRow, graphRows } from "./graph-rows.ts";

/** The view as a Markdown table, one row per edge; columns that are empty everywhere are left out. Notes stand below. */
export function graphTable(view: GraphView): string {
  const rows = graphRows(view);
  const columns = usedColumns(rows);
  const lines = [
    `| ${columns.map((column) => column.title).join(" | ")} |`,
    `| ${columns.map(() => "---").join(" | ")} |`,
    ...rows.map((row) => `| ${columns.map((column) => markdownText(row[column.key])).join(" | ")} |`),
  ];
  const notes = view.notes.map((note) => `- ${markdownText(note)}`);
  return `${[...(rows.length > 0 ? lines : ["No traffic is known."]), ...(notes.length > 0 ? ["", ...notes] : [])].join("\n")}\n`;
}

/** The view as aligned text for a terminal. */
export function graphText(view: GraphView): string {
  const rows = graphRows(view);
  const columns = usedColumns(rows);
  const cell = (text: string, limit = 60): string =>
    shortened(text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, " "), limit);
  const table = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => cell(row[column.key]))),
  ];
  const widths = columns.map((_, index) => Math.max(...table.map((line) => [...(line[index] ?? "")].length)));
  const lines = table.map((line) =>
    line
      .map((text, index) => text + " ".repeat((widths[index] ?? 0) - [...text].length))
      .join("  ")
      .trimEnd(),
  );
  return `${[...(rows.length > 0 ? lines : ["No traffic is known."]), ...view.notes.map((note) => cell(note, 1_000))].join("\n")}\n`;
}

function usedColumns(rows: readonly GraphRow[]): typeof GRAPH_COLUMNS {
  return GRAPH_COLUMNS.filter(({ key }) => rows.some((row) => row[key] !== ""));
}

/**
 * A text in a Markdown cell: nothing in it is markup, HTML, a link, a mention or the cell's end (GitHub Flavored Markdown). Signs that
 * mean nothing where they stand, such as the underscores inside a name, stay readable.
 */
export function markdownText(text: string): string {
  return shortened(text, 200)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replaceAll(/[\p{Cf}\p{Cs}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(
      /[\\`*[\]|~@$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/|[\w+-]+:)|(?<=www)\.|(?<!&)#(?=\w)/giu,
      entity,
    )
    .replace(/^\s*([-+=#]|\d+[.)])/, (start) => start.replace(/[-+=#.)]$/, entity));
}

function entity(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}
