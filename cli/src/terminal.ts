import { styleText } from "node:util";

/** Where a command writes. Results go to `out`, messages and progress to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Paints only where results go to a terminal that shows colours (and NO_COLOR is not set). */
  readonly paint: Paint;
  /** Paints what goes to standard error. */
  readonly paintError: Paint;
  /** One line on standard error that is written over, and gone when the work is done; nothing where that is no terminal. */
  progress(text: string | null): void;
}

export type Style = "red" | "yellow" | "blue" | "green" | "cyan" | "magenta" | "gray" | "bold" | "underline";
export type Paint = (style: Style | readonly Style[], text: string) => string;

/** The real terminal of this process. */
export function processTerminal(): Terminal {
  const canPaint = (stream: NodeJS.WriteStream): boolean => {
    if (process.env["NO_COLOR"]) return false;
    if (process.env["FORCE_COLOR"] && process.env["FORCE_COLOR"] !== "0") return true;
    return stream.isTTY === true && process.env["TERM"] !== "dumb";
  };
  const painter =
    (on: boolean): Paint =>
    (style, text) =>
      on ? styleText(style as Parameters<typeof styleText>[0], text) : text;
  let shown = false;
  return {
    out: (text) => void process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    err: (text) => void process.stderr.write(text.endsWith("\n") ? text : `${text}\n`),
    paint: painter(canPaint(process.stdout)),
    paintError: painter(canPaint(process.stderr)),
    progress: (text) => {
      if (process.stderr.isTTY !== true) return;
      if (text === null && !shown) return;
      shown = text !== null;
      process.stderr.write(`\r\u001b[K${text ?? ""}`);
    },
  };
}
