// Finds the browser for the end-to-end tests.

import { existsSync } from "node:fs";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium on this machine, first of all CHARM_MESH_CHROMIUM; null if there is none. */
export function chromiumPath(): string | null {
  const named = process.env["CHARM_MESH_CHROMIUM"];
  if (named) return existsSync(named) ? named : null;
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) =>
    existsSync(file),
  );
  return found ?? null;
}
