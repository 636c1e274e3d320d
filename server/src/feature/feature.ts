import { type Connection, ErrorCodes, type ProtocolRequestType, ResponseError } from "vscode-languageserver";
import type * as z from "zod/mini";
import type { Platform } from "../platform.ts";
import type { ServerSnapshot } from "../snapshot.ts";

/** Registers handlers of requests, each answered from the snapshot at the time it is taken up. */
export interface Serving {
  /** A request of standard LSP. */
  readonly standard: <P, R, PR, E, RO>(
    type: ProtocolRequestType<P, R, PR, E, RO>,
    answer: (snapshot: ServerSnapshot, params: P) => R | Promise<R>,
  ) => void;
  /** One about a single file and its charm: it is answered as soon as that charm is read, others or not. */
  readonly aboutFile: <P extends { readonly textDocument: { readonly uri: string } }, R, PR, E, RO>(
    type: ProtocolRequestType<P, R, PR, E, RO>,
    answer: (snapshot: ServerSnapshot, params: P) => R | Promise<R>,
  ) => void;
  /** A request under `charmMesh/`. Its parameters are parsed, as those of standard ones are, and refused where they don't parse. */
  readonly own: <P extends z.ZodMiniType, R extends z.ZodMiniType>(
    request: { readonly method: string; readonly params: P; readonly result: R },
    answer: (snapshot: ServerSnapshot, params: z.output<P>) => z.input<R> | Promise<z.input<R>>,
  ) => void;
  /** What only some platforms can do. */
  readonly platform: Platform;
  /** For requests to the client, such as `window/showDocument`. */
  readonly connection: Connection;
}

/**
 * One feature of the language server: one file each, one line in the list. capabilities.ts announces it, and is sent before any of
 * this is loaded.
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
