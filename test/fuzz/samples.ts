import { type CharmFiles, charmSources } from "#charm";
import { discovery } from "#ide";
import { sourceFile } from "#syntax";
import { filesBelow, textOf } from "../tidy/source-tree.ts";

/** Texts that mutations start from, and the charms of the faultless sample workspace. */
export interface Samples {
  readonly python: readonly string[];
  readonly yaml: readonly string[];
  readonly bundles: readonly string[];
  readonly charms: readonly CharmFiles[];
}

/** Reads the samples of this repository. Each call makes new file objects, so that nothing is found in a cache. */
export function samples(): Samples {
  const folder = "samples/observability";
  const paths = filesBelow(folder, /\.(?:py|ya?ml|toml|txt|lock)$/);
  const charms = discovery(paths).charms.map(({ root, paths: own }) =>
    charmSources({
      root,
      files: new Map(own.map((path) => [path.slice(root.length + 1), sourceFile(path, textOf(path))])),
      unreadable: new Map(),
    }),
  );
  return {
    python: filesBelow("samples", /\.py$/).map(textOf),
    yaml: filesBelow("samples", /charmcraft\.yaml$/).map(textOf),
    bundles: filesBelow("samples", /bundle\.yaml$/).map(textOf),
    charms,
  };
}
