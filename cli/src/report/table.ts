/** A plain table for terminals: columns padded to their widest cell, the last one as it is. Cells hold no line breaks. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  paintHead: (text: string) => string,
): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, " ")));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - width(cell)),
      )
      .join("  ")
      .trimEnd();
  const [first = [], ...rest] = cells;
  return `${[paintHead(line(first)), ...rest.map(line)].join("\n")}\n`;
}

function width(text: string): number {
  return [...text].length;
}
