import type { BaseLanguageClient } from "vscode-languageclient";
import type * as z from "zod/mini";
import type { ServerProcess } from "./server-process.ts";

/** One of the server's own requests, as protocol describes it. */
export interface OwnRequest<P extends z.ZodMiniType, R extends z.ZodMiniType> {
  readonly method: string;
  readonly params: P;
  readonly result: R;
}

/** Asks the server; its answer is parsed. Rejects where the server does not run, refuses, or answers something else. */
export async function asked<P extends z.ZodMiniType, R extends z.ZodMiniType>(
  server: ServerProcess,
  request: OwnRequest<P, R>,
  params: z.input<P>,
): Promise<z.output<R>> {
  const client: BaseLanguageClient = await server.client();
  return request.result.parse(await client.sendRequest(request.method, params));
}
