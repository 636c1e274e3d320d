import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { standaloneHtml } from "#picture";
import type { GraphView } from "#protocol";
import { Failure } from "./failure.ts";

/** The traffic graph as one self-contained page: the panel's script and style, which are beside this program, and the graph. */
export async function standalonePage(view: GraphView, title = "Charm Mesh"): Promise<string> {
  const read = async (name: string): Promise<string> => {
    try {
      return await readFile(path.join(__dirname, name), "utf8");
    } catch {
      throw new Failure(`The page can't be written: ${name} is missing beside ${__filename}.`);
    }
  };
  const [script, style] = await Promise.all([read("webview.js"), read("webview.css")]);
  const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("base64");
  return standaloneHtml({ script, style, view, title, sha256 });
}
