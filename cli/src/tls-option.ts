import { Failure } from "./failure.ts";

/** `--tls true|false` as an option of the engine; nothing given is not known. */
export function tlsOption(given: string | undefined): { readonly tls?: boolean } {
  if (given === undefined) return {};
  if (given !== "true" && given !== "false")
    throw new Failure(`--tls does not take “${given}”.`, "It takes true or false.");
  return { tls: given === "true" };
}
