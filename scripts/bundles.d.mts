import type { BuildOptions } from "esbuild";

export interface Bundle {
  readonly name: string;
  readonly entry: string;
  readonly out: string;
}
export const root: string;
export const bundles: readonly Bundle[];
export function esbuildOptions(bundle: Bundle, options?: { readonly minify?: boolean }): BuildOptions;
