import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** What a page of the panel is made of, besides its graph. */
interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The SHA-256 of a text's UTF-8 bytes in base64. */
  readonly sha256: (text: string) => string;
}

/** The panel's script and style, which the build puts beside this program. Rejects with a sentence that names the missing file. */
export async function pageParts(): Promise<PageParts> {
  const read = async (name: string): Promise<string> => {
    try {
      return await readFile(path.join(__dirname, name), "utf8");
    } catch {
      throw new Error(`The page can't be written: ${name} is missing beside ${__filename}.`);
    }
  };
  const [script, style] = await Promise.all([read("webview.js"), read("webview.css")]);
  return { script, style, sha256: (text) => createHash("sha256").update(text, "utf8").digest("base64") };
}
