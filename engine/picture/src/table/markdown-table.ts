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

function usedColumns(rows: readonly GraphRow[]): typeof GRAPH_COLUMNS {
  return GRAPH_COLUMNS.filter(({ key }) => rows.some((row) => row[key] !== ""));
}

/**
 * A text in a Markdown cell: nothing in it is markup, HTML, a link, a mention or the cell's end (GitHub Flavored Markdown). Signs that
 * mean nothing where they stand, such as the underscores inside a name, stay readable.
 */
export function markdownText(text: string, longest = 200): string {
  return shortened(text, longest)
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
