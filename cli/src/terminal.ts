import { randomUUID } from "node:crypto";
import { fstatSync } from "node:fs";
import { styleText } from "node:util";
import { isVisible, LOG_COMMAND, visibleLines, visibleText } from "#syntax";
import { Failure } from "./failure.ts";

/** Where a command writes. Results go to `out` and `document`, messages and progress to `err`. */
export interface Terminal {
  /**
   * Lines for people. What charms and file names bring along is shown, and obeyed by no terminal and no log: `harmlessLines`. A line break
   * in them becomes an escape, so that no name can add a line of its own.
   */
  out(lines: readonly string[]): void;
  /** A text with markup, such as Markdown or Mermaid: the same, but the caller has escaped the line breaks from outside. */
  markup(text: string): void;
  /** A document whose format has its own escapes. The caller escapes text from outside. */
  document(text: string): void;
  /** A patch, which stands for bytes of files. One that a terminal or a log could obey is written to a file only. */
  patch(text: string): void;
  /** One line, as those of `out`. */
  err(line: string): void;
  /** Paints only where results go to a terminal that shows colours (and NO_COLOR is not set). */
  readonly paint: Paint;
  /** Paints what goes to standard error. */
  readonly paintError: Paint;
  /** How wide the terminal is for results: its own width, else what COLUMNS says; null: unknown, as for a pipe. */
  readonly columns: number | null;
  /** One line on standard error that is written over, and gone when the work is done; nothing where that is no terminal. */
  progress(text: string | null): void;
}

export type Style = "red" | "yellow" | "blue" | "green" | "cyan" | "magenta" | "gray" | "bold" | "underline";
export type Paint = (style: Style | readonly Style[], text: string) => string;

const ESCAPE = "\u001b";

/** Stands for the escape character of our own colours until all else is escaped; no file can know it. */
const OWN_ESCAPE = `\ufdd0${randomUUID()}`;

/**
 * A text for a terminal or a log: what is unseen in it becomes visible escapes, our own colours aside, and no line is a workflow command.
 * GitHub's runner takes `::` at the start of a line for one, blanks before it aside, and `##[` anywhere in a line
 * (actions/runner, ActionCommand.TryParseV2 and TryParse), on both streams.
 */
export function harmlessLines(text: string): string {
  return visibleLines(text)
    .replace(/^([^\S\n]*)(?=::)/gm, "$1\\")
    .replaceAll(LOG_COMMAND, "##\\[")
    .replaceAll(OWN_ESCAPE, ESCAPE);
}

/** The same for one line, whatever line breaks it holds; with its own line break. */
function harmlessLine(text: string): string {
  return `${harmlessLines(visibleText(text))}\n`;
}

/** The width that a terminal or a caller sets in COLUMNS; null where it is no number. */
function givenColumns(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

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
      on
        ? styleText(style as Parameters<typeof styleText>[0], text, { validateStream: false }).replaceAll(
            ESCAPE,
            OWN_ESCAPE,
          )
        : text;
  const written = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);
  let shown = false;
  return {
    out: (lines) => void process.stdout.write(lines.map(harmlessLine).join("")),
    markup: (text) => void process.stdout.write(written(harmlessLines(text))),
    document: (text) => void process.stdout.write(written(text)),
    patch: (text) => {
      const isFile = fstatSync(process.stdout.fd).isFile();
      if (!isFile && (!isVisible(text) || harmlessLines(text) !== text.replaceAll("\r\n", "\\r\n")))
        throw new Failure(
          "The patch holds characters or lines that a terminal or a log could obey.",
          "Write it to a file with > mend.patch.",
        );
      process.stdout.write(text);
    },
    err: (line) => void process.stderr.write(harmlessLine(line)),
    paint: painter(canPaint(process.stdout)),
    paintError: painter(canPaint(process.stderr)),
    columns: process.stdout.columns ?? givenColumns(process.env["COLUMNS"]),
    progress: (text) => {
      if (process.stderr.isTTY !== true) return;
      if (text === null && !shown) return;
      shown = text !== null;
      process.stderr.write(`\r\u001b[K${text ?? ""}`);
    },
  };
}
