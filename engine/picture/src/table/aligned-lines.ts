import { visibleText } from "#syntax";

/** Rows as lines whose columns stand under each other; the last column is left as it is. Cells lose their line breaks. */
export function alignedLines(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => visibleText(cell.replace(/\s+/g, " "))));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    cells.reduce((most, row) => Math.max(most, width(row[column] ?? "")), 0),
  );
  return cells.map((row) =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - width(cell)),
      )
      .join("  ")
      .trimEnd(),
  );
}

function width(text: string): number {
  return [...text].length;
}
