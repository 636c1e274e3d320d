import { createHash } from "node:crypto";
import { build } from "esbuild";
import { bundles, esbuildOptions } from "../../../scripts/bundles.mts";

/** The panel's files as `npm run build` makes them. */
export interface BuiltPanel {
  readonly script: string;
  readonly style: string;
  /** Hashes a text for the policy of a page by itself, as the command line does. */
  readonly sha256: (text: string) => string;
}

const built = new Map<string, Promise<BuiltPanel>>();

/** Builds the panel in memory with the options of the product's own table of bundles; once per process. */
export function builtPanel(): Promise<BuiltPanel> {
  return bundled("webview");
}

/** The script that draws the Mermaid view, built in the same way. */
export async function builtMermaid(): Promise<string> {
  return (await bundled("mermaid")).script;
}

function bundled(name: string): Promise<BuiltPanel> {
  const known = built.get(name) ?? buildOnce(name);
  built.set(name, known);
  return known;
}

async function buildOnce(wanted: string): Promise<BuiltPanel> {
  const bundle = bundles.find(({ name }) => name === wanted);
  if (!bundle) throw new Error(`the table of bundles has no ${wanted}`);
  const { outputFiles } = await build({ ...esbuildOptions(bundle), write: false, sourcemap: false });
  const text = (ending: string) => outputFiles?.find((file) => file.path.endsWith(ending))?.text ?? "";
  const sha256 = (hashed: string) => createHash("sha256").update(hashed, "utf8").digest("base64");
  return { script: text(".js"), style: text(".css"), sha256 };
}
