// The table of the product's bundles, and how esbuild builds each of them.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, Plugin } from "esbuild";

/** The repository's root folder. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const { version }: { version: string } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/** One bundle. Paths are relative to the root folder. */
export interface Bundle {
  readonly name: string;
  readonly entry: string;
  readonly out: string;
  readonly platform: "node" | "browser";
  readonly format: "cjs" | "iife";
  readonly external?: readonly string[];
  readonly banner?: string;
  /** A package that another bundle contains and exports; this bundle requires it from there. */
  readonly shared?: SharedPackage;
  /** Whether the bundle contains codicons as text. */
  readonly icons?: boolean;
  /** Whether mermaid's other diagrams are left out. */
  readonly flowchartsOnly?: boolean;
}

interface SharedPackage {
  readonly from: RegExp;
  readonly bundle: string;
}

export const bundles: readonly Bundle[] = [
  {
    name: "client (node)",
    entry: "client/node/main.ts",
    out: "dist/client-node.js",
    platform: "node",
    format: "cjs",
    external: ["vscode"],
  },
  {
    name: "client (browser)",
    entry: "client/browser/main.ts",
    out: "dist/client-browser.js",
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
  },
  {
    name: "server (node)",
    entry: "server/node/main.ts",
    out: "dist/server-node.js",
    platform: "node",
    format: "cjs",
    external: ["./server-engine.js"],
  },
  {
    name: "server engine (node)",
    entry: "server/node/node-server.ts",
    out: "dist/server-engine.js",
    platform: "node",
    format: "cjs",
    shared: { from: /^vscode-languageserver$/, bundle: "./server-node.js" },
  },
  {
    name: "server (browser)",
    entry: "server/browser/main.ts",
    out: "dist/server-browser.js",
    platform: "browser",
    format: "iife",
  },
  {
    name: "command line",
    entry: "cli/src/main.ts",
    out: "dist/cli.js",
    platform: "node",
    format: "cjs",
    banner: "#!/usr/bin/env node",
  },
  {
    name: "webview",
    entry: "webview/src/main.ts",
    out: "dist/webview.js",
    platform: "browser",
    format: "iife",
    icons: true,
  },
  {
    name: "mermaid",
    entry: "webview/src/mermaid-view/main.ts",
    out: "dist/mermaid.js",
    platform: "browser",
    format: "iife",
    flowchartsOnly: true,
  },
];

/** Takes a package at run time from the exports of the bundle that contains it. */
function takenFrom({ from, bundle }: SharedPackage): Plugin {
  return {
    name: "taken-from",
    setup({ onResolve }) {
      onResolve({ filter: from }, () => ({ path: bundle, external: true }));
    },
  };
}

/** The parts that mermaid loads on demand for a flowchart. */
const OF_FLOWCHARTS = /\/(?:flowDiagram|dagre)-[\w-]+\.mjs$/;

/** Resolves what mermaid loads on demand for other diagrams to an empty module: the product draws flowcharts only. */
function flowchartsOnly(): Plugin {
  return {
    name: "flowcharts-only",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.mjs$/ }, ({ kind, importer, path: wanted }) =>
        kind === "dynamic-import" && /[\\/]node_modules[\\/]mermaid[\\/]/.test(importer) && !OF_FLOWCHARTS.test(wanted)
          ? { path: wanted, namespace: "left-out" }
          : undefined,
      );
      onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "export {};" }));
    },
  };
}

/**
 * Keeps the lines of packages out of the source maps, so that those are small enough to go with the bundles: a stack trace then
 * names the project's own files with their lines, and of a package the file. esbuild includes the map that a file of the bundle brings.
 */
function mapsOfOurOwn(): Plugin {
  return {
    name: "maps-of-our-own",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, ({ path: file }) => {
        const map = { version: 3, sources: [path.basename(file)], names: [], mappings: "AAAA" };
        const data = Buffer.from(JSON.stringify(map)).toString("base64");
        const text = readFileSync(file, "utf8");
        return { contents: `${text}\n//# sourceMappingURL=data:application/json;base64,${data}`, loader: "js" };
      });
    },
  };
}

/** The esbuild options of one bundle. */
export function esbuildOptions(
  bundle: Bundle,
  { minify = true }: { readonly minify?: boolean } = {},
): BuildOptions & { readonly metafile: true } {
  return {
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.out,
    bundle: true,
    platform: bundle.platform,
    format: bundle.format,
    target: bundle.platform === "node" ? "node20" : "es2022",
    external: [...(bundle.external ?? [])],
    ...(bundle.banner ? { banner: { js: bundle.banner } } : {}),
    minify,
    sourcemap: "linked",
    sourcesContent: false,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    charset: "utf8",
    // For Node the package offers CommonJS only, of which nothing can be left out; this is the same code as modules.
    alias: { yaml: path.join(root, "node_modules/yaml/browser/dist/index.js") },
    mainFields: bundle.platform === "node" ? ["module", "main"] : ["browser", "module", "main"],
    define: {
      CHARM_MESH_VERSION: JSON.stringify(version),
      // No bundle can open a connection, whatever a package would like to.
      fetch: "undefined",
      XMLHttpRequest: "undefined",
    },
    // The panel's icons are codicons as text.
    ...(bundle.icons ? { loader: { ".svg": "text" } } : {}),
    plugins: [
      ...(bundle.shared ? [takenFrom(bundle.shared)] : []),
      ...(bundle.flowchartsOnly ? [flowchartsOnly()] : []),
      mapsOfOurOwn(),
    ],
  };
}
