// The panel's drawing script: mermaid's flowchart with dagre and nothing else, on a plain DOM of our own. It is carried inside
// dist/webview.js as the text of one function (`import script from "./drawing/main.ts?script"`), which the panel starts in a worker.

import path from "node:path";
import { build } from "esbuild";

/** The parts of mermaid that a flowchart with dagre loads on demand; every other part is left out of the bundle. */
const KEPT = /\/(flowDiagram|dagre)-[A-Z0-9]+\.mjs$/;

/** Packages whose place a small module of ours takes; each says why. */
const REPLACED = { dompurify: "sanitize-nothing.ts", roughjs: "exact-rough.ts" };

/** Packages that are never asked for. */
const LEFT_OUT = /^(katex|@iconify\/utils)$/;

/**
 * mermaid copies its whole configuration (about 600 values) at each look at it, which was a third of the time of a drawing.
 * Nothing writes to the copies, so one copy per configuration does. The build fails when the text is no longer found.
 */
const SLOW_CONFIG = "return assignWithDepth_default({}, currentConfig);";
const QUICK_CONFIG = `if (currentConfig !== copiedConfig) {
    copiedConfig = currentConfig;
    configCopy = assignWithDepth_default({}, currentConfig);
  }
  return configCopy;`;

function leanMermaid(root) {
  return {
    name: "lean-mermaid",
    setup({ onResolve, onLoad, onEnd }) {
      let configs = 0;
      onResolve({ filter: /.*/ }, (found) => {
        if (!found.importer.includes("node_modules")) return undefined;
        const replaced = REPLACED[found.path];
        if (replaced) return { path: path.join(root, "webview/src/drawing", replaced) };
        if (LEFT_OUT.test(found.path) || (found.kind === "dynamic-import" && !KEPT.test(found.path)))
          return { path: found.path.replace(/\.mjs$/, ""), namespace: "left-out" };
        return undefined;
      });
      onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {};", loader: "js" }));
      onLoad({ filter: /mermaid\.core[\\/]chunk-[A-Z0-9]+\.mjs$/ }, async ({ path: file }) => {
        const { readFile } = await import("node:fs/promises");
        const source = await readFile(file, "utf8");
        if (!source.includes(SLOW_CONFIG)) return undefined;
        configs += 1;
        return {
          contents: `${source.replace(SLOW_CONFIG, QUICK_CONFIG)}\nvar copiedConfig, configCopy;`,
          loader: "js",
        };
      });
      onEnd(() =>
        configs === 1
          ? undefined
          : { errors: [{ text: `mermaid's getConfig was found ${configs} times, expected once` }] },
      );
    },
  };
}

/** The drawing script's bundle as text. */
async function drawingText(root, entry, minify) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2022",
    minify,
    legalComments: "none",
    logLevel: "warning",
    mainFields: ["browser", "module", "main"],
    inject: [path.join(root, "webview/src/drawing/dom/globals.ts")],
    plugins: [leanMermaid(root)],
  });
  return outputFiles[0].text;
}

/** An esbuild plugin: `import script from "….ts?script"` gives the text of a function of its port, which is that entry's bundle. */
export function drawingScript(root, { minify = true } = {}) {
  return {
    name: "drawing-script",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\?script$/ }, ({ path: file, resolveDir }) => ({
        path: path.resolve(resolveDir, file.replace(/\?script$/, "")),
        namespace: "script",
      }));
      onLoad({ filter: /.*/, namespace: "script" }, async ({ path: file }) => ({
        contents: `function (drawingPort) {\n${await drawingText(root, file, minify)}\n}`,
        loader: "text",
        watchFiles: [file],
      }));
    },
  };
}
