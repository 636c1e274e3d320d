import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Where the guard says what went wrong. */
export type Log = (message: string) => void;

/**
 * The one guard around everything that a client sends. A cancelled request is answered as LSP asks; an exception is logged
 * with its stack and answered as an internal error, so that the server lives on. Nothing else in the server catches.
 */
export interface Guard {
  readonly request: <P, R>(
    name: string,
    answer: (params: P, token: CancellationToken) => R | Promise<R>,
  ) => (params: P, token: CancellationToken) => R | ResponseError<void> | Promise<R | ResponseError<void>>;
  /** For notifications and for work that nobody waits for. */
  readonly notice: <P>(name: string, act: (params: P) => void | Promise<void>) => (params: P) => void;
}

/** A guard that writes to `log`, stack traces as `readable` makes them. */
export function guardWith(log: Log, readable: (stack: string) => string = (stack) => stack): Guard {
  const told = (name: string, problem: unknown): string => {
    const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    log(`${name} failed: ${readable(text)}`);
    return problem instanceof Error ? problem.message : text;
  };
  const failure = (name: string, problem: unknown): ResponseError<void> =>
    problem instanceof ResponseError
      ? problem
      : new ResponseError(ErrorCodes.InternalError, `${name}: ${told(name, problem)}`);
  const cancelled = (name: string): ResponseError<void> =>
    new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
  return {
    request: (name, answer) => (params, token) => {
      if (token.isCancellationRequested) return cancelled(name);
      try {
        const result = answer(params, token);
        if (!(result instanceof Promise)) return result;
        return result.then(
          (value) => (token.isCancellationRequested ? cancelled(name) : value),
          (problem) => failure(name, problem),
        );
      } catch (problem) {
        return failure(name, problem);
      }
    },
    notice: (name, act) => (params) => {
      try {
        const result = act(params);
        if (result instanceof Promise) result.catch((problem) => told(name, problem));
      } catch (problem) {
        told(name, problem);
      }
    },
  };
}
