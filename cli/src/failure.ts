/** Ends a command with exit code 2 and one message on standard error: wrong use, or input that can't be read. */
export class Failure extends Error {
  /** A second line: what to do. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.name = "Failure";
    this.hint = hint;
  }
}

/** Exit codes, the same in every format: contract.md. */
export const EXIT = { fine: 0, findings: 1, failure: 2 } as const;
