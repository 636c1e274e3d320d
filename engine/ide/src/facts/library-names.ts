import { MESH_LIBRARY, meshLibrarySince } from "#charm";
import type { CharmFacts } from "./charm-facts.ts";
import { libraryNamed } from "./vendored-library.ts";

/**
 * Whether a name can be imported from the module that the charm takes the mesh library from. False where the library in the charm's
 * tree, or the version that its charm-libs entry pins, is from before that name; for a test charm without either also where
 * the sources don't show what the tests will put into it. True for the packaged library, which has them all.
 */
export function offersName(facts: Pick<CharmFacts, "libraries" | "test">, module: string, name: string): boolean {
  if (module !== MESH_LIBRARY) return true;
  const since = meshLibrarySince(name);
  if (!since) return true;
  const library = libraryNamed(facts.libraries, MESH_LIBRARY);
  const pinned = /^\s*\d+\.(\d+)\s*$/.exec(library?.charmLib?.version ?? "")?.[1];
  const patch = library?.patch ?? (pinned === undefined ? null : Number(pinned));
  return patch === null ? !facts.test : patch >= since.patch;
}
