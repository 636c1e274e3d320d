import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { visibleLines } from "#syntax";

/** Where the guard writes what went wrong. */
export type Log = (message: string) => void;

/** How far the conversation with the client is. */
export type Phase = "starting" | "running" | "shut down";

type Handler<P, R> = (params: P, token: CancellationToken) => R | Promise<R>;
type Guarded<R> = R | ResponseError<void> | Promise<R | ResponseError<void>>;

/**
 * The one guard around everything that a client sends. A request that comes before `initialized` or after `shutdown`, or that was
 * cancelled, is answered as LSP asks. An exception of the server is logged with its stack and answered as an internal error, so that
 * the server lives on. Nothing else in the server catches.
 */
export interface Guard {
  /** Wraps the handler of a request. */
  readonly request: <P, R>(name: string, answer: Handler<P, R>) => (...given: unknown[]) => Guarded<R>;
  /** Wraps the handler of a notification, and work whose result is not waited for. */
  readonly notice: <P>(name: string, act: (params: P) => void | Promise<void>) => (params: P) => void;
  /** What an unknown request is answered with: the phase's error, or MethodNotFound. */
  readonly unknown: (method: string) => ResponseError<void>;
  readonly enter: (phase: Phase) => void;
  readonly phase: () => Phase;
}

/** A guard that writes to `log`, stack traces as `readable` makes them. */
export function guardWith(log: Log, readable: (stack: string) => string = (stack) => stack): Guard {
  let phase: Phase = "starting";
  const report = (name: string, problem: unknown): string => {
    // An error that the client answered with is no fault of the server: its message says all.
    const isAnswer = problem instanceof ResponseError || !(problem instanceof Error);
    const text = isAnswer ? messageOf(problem) : readable(problem.stack ?? problem.message);
    log(`${name} failed: ${visibleLines(text)}`);
    return messageOf(problem);
  };
  const failure = (name: string, problem: unknown): ResponseError<void> =>
    problem instanceof ResponseError
      ? problem
      : new ResponseError(ErrorCodes.InternalError, `${name}: ${report(name, problem)}`);
  const cancelled = (name: string): ResponseError<void> =>
    new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
  const untimely = (name: string): ResponseError<void> | null => {
    if (phase === "starting")
      return new ResponseError(ErrorCodes.ServerNotInitialized, `${name}: the server is not initialized`);
    return phase === "shut down"
      ? new ResponseError(ErrorCodes.InvalidRequest, `${name}: the server is shut down`)
      : null;
  };
  return {
    request:
      (name, answer) =>
      (...given) => {
        // JSON-RPC passes an array of parameters one by one; the token always comes last.
        const token = given.at(-1) as CancellationToken;
        const params = (given.length > 1 ? given[0] : undefined) as Parameters<typeof answer>[0];
        const refusal = untimely(name);
        if (refusal) return refusal;
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
      if (phase === "shut down") return;
      try {
        const result = act(params);
        if (result instanceof Promise) result.catch((problem) => report(name, problem));
      } catch (problem) {
        report(name, problem);
      }
    },
    unknown: (method) =>
      untimely(method) ?? new ResponseError(ErrorCodes.MethodNotFound, `${method} is not supported by this server`),
    enter: (next) => {
      phase = next;
    },
    phase: () => phase,
  };
}

function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
