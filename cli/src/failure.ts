/** Ends a command with exit code 2 and a message on standard error: wrong use, or input that can't be read. */
export class Failure extends Error {
  /** The message, line by line. A line break inside of a line comes from outside. */
  readonly lines: readonly string[];
  /** A second line: what to do. */
  readonly hint: string | null;

  constructor(message: string | readonly string[], hint: string | null = null) {
    const lines = typeof message === "string" ? [message] : message;
    super(lines.join("\n"));
    this.lines = lines;
    this.name = "Failure";
    this.hint = hint;
  }
}

/** Exit codes, the same in every format: contract.md. */
export const EXIT = { fine: 0, findings: 1, failure: 2 } as const;
