import path from "node:path";
import { build } from "esbuild";

/** The panel's files as `npm run build` makes them. */
export interface BuiltPanel {
  readonly script: string;
  readonly style: string;
}

let built: Promise<BuiltPanel> | null = null;

/** Builds the panel in memory with the options of the product's own table of bundles; once per process. */
export function builtPanel(): Promise<BuiltPanel> {
  built ??= buildOnce();
  return built;
}

async function buildOnce(): Promise<BuiltPanel> {
  // A module of the build scripts, which are plain JavaScript and no project of TypeScript's.
  const table = path.resolve("scripts/bundles.mjs");
  const { bundles, esbuildOptions } = (await import(table)) as {
    bundles: readonly { readonly name: string }[];
    esbuildOptions: (bundle: { readonly name: string }) => Parameters<typeof build>[0];
  };
  const bundle = bundles.find(({ name }) => name === "webview");
  if (!bundle) throw new Error("the table of bundles has no webview");
  const { outputFiles } = await build({ ...esbuildOptions(bundle), write: false, sourcemap: false });
  const text = (ending: string) => outputFiles?.find((file) => file.path.endsWith(ending))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}
