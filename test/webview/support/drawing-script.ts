import path from "node:path";
import { build, type Plugin } from "esbuild";
import type { Drawing, DrawingOrder } from "../../../webview/src/drawing/drawn.ts";
import type { DrawingPort } from "../../../webview/src/drawing/main.ts";

let text: Promise<string> | null = null;

/** The drawing script as it is carried in the panel's bundle: the text of a function of its port. */
export function drawingScriptText(): Promise<string> {
  text ??= buildOnce();
  return text;
}

async function buildOnce(): Promise<string> {
  const root = path.resolve(".");
  const module = path.resolve("scripts/drawing.mjs");
  const { drawingScript } = (await import(module)) as { drawingScript: (root: string) => Plugin };
  const { outputFiles } = await build({
    stdin: {
      contents: `import script from "./webview/src/drawing/main.ts?script"; export default script;`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: "cjs",
    plugins: [drawingScript(root)],
  });
  const loaded: { exports: { default?: string } } = { exports: {} };
  new Function("module", "exports", outputFiles[0]?.text ?? "")(loaded, loaded.exports);
  return loaded.exports.default ?? "";
}

/** Starts the drawing script in this process and gives a way to have texts drawn. */
export async function draughtsman(): Promise<(flowchart: string) => Promise<Drawing>> {
  const script = await drawingScriptText();
  const answers: ((drawing: Drawing) => void)[] = [];
  const port: DrawingPort = { onmessage: null, postMessage: (drawing) => answers.shift()?.(drawing as Drawing) };
  new Function("drawingPort", `(${script})(drawingPort)`)(port);
  let id = 0;
  return (flowchart) =>
    new Promise((resolve) => {
      answers.push(resolve);
      id += 1;
      const order: DrawingOrder = { id, text: flowchart, fontFamily: "sans-serif" };
      port.onmessage?.({ data: order });
    });
}
