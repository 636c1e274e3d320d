import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder on disk with some files, gone after `use`, however that ends. */
export async function withFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "charm-mesh-faults-")));
  try {
    put(folder, files);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes files below a folder, with the folders around them. */
export function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

/** A charm as small as it can be, below a folder's name. */
export function smallCharm(root: string, name = "small"): Record<string, string> {
  return { [`${root}/charmcraft.yaml`]: `name: ${name}\ntype: charm\n`, [`${root}/src/charm.py`]: "import ops\n" };
}
