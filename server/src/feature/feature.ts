import { ErrorCodes, type ProtocolRequestType, ResponseError } from "vscode-languageserver";
import type * as z from "zod/mini";
import type { Host } from "../host.ts";
import type { Moment } from "../moment.ts";

/** Answers requests of one kind from the moment at which they are taken up. */
export interface Serving {
  /** A request of standard LSP. */
  readonly standard: <P, R, PR, E, RO>(
    type: ProtocolRequestType<P, R, PR, E, RO>,
    answer: (moment: Moment, params: P) => R,
  ) => void;
  /** A request of our own: its parameters are parsed first, and what does not parse is refused as LSP asks. */
  readonly own: <P extends z.ZodMiniType, R extends z.ZodMiniType>(
    request: { readonly method: string; readonly params: P; readonly result: R },
    answer: (moment: Moment, params: z.output<P>) => z.input<R> | Promise<z.input<R>>,
  ) => void;
  /** What only some hosts can do. */
  readonly host: Host;
}

/**
 * One feature of the language server: one file each, one line in the list. What is promised of it stands in capabilities.ts, which
 * is told before any of this is loaded.
 */
export type Feature = (serving: Serving) => void;

/** The parameters of a request of our own; throws LSP's InvalidParams with the first thing that is wrong. */
export function parsedParams<P extends z.ZodMiniType>(method: string, schema: P, params: unknown): z.output<P> {
  const parsed = schema.safeParse(params ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
  throw new ResponseError(ErrorCodes.InvalidParams, `${method}: ${issue?.message ?? "unreadable parameters"}${at}`);
}
