/** One measured quantity with its rivals, all in one unit and out of one run. */
export interface Row {
  readonly what: string;
  readonly unit: "ms" | "MB" | "kB" | "files/s" | "MB/s";
  readonly own: number;
  readonly rivals: Readonly<Record<string, number>>;
  /** design/performance.md's target: at most (for speeds: at least) this. */
  readonly target: number | null;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that a share of the numbers does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A Markdown table of rows: each rival with how many times ours its value is. */
export function rowTable(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(({ rivals }) => Object.keys(rivals)))];
  const lines = rows.map(({ what, unit, own, rivals, target }) => {
    const isSpeed = unit.endsWith("/s");
    const isMet = target === null ? "" : (isSpeed ? own >= target : own <= target) ? " ✓" : " ✗";
    return [
      what,
      `${number(own)} ${unit}`,
      target === null ? "" : `${isSpeed ? "≥" : "≤"} ${number(target)}${isMet}`,
      ...names.map((name) => {
        const value = rivals[name];
        if (value === undefined || Number.isNaN(value)) return "";
        const ratio = isSpeed ? own / value : value / own;
        return `${number(value)} (× ${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)})`;
      }),
    ];
  });
  const table = [["", "charm-mesh", "target", ...names], ["---", ...["", "", ...names].map(() => "---:")], ...lines];
  return `${table.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : value >= 10 ? value.toFixed(0) : value.toFixed(1);
}
