import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Writes a text to a new file of this name below the system's temporary folder, readable by the user alone; its `file:` URI. */
export async function temporaryPage(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "charm-mesh-"));
  const file = path.join(folder, path.basename(name));
  await writeFile(file, text, { mode: 0o600 });
  return pathToFileURL(file).href;
}
