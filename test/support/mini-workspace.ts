import type { CharmFiles } from "#charm";
import { miniCoordinator, miniWorker } from "./minicharms.ts";

/** The texts of a correct coordinator and worker side by side, as `lspClient` takes them. */
export function miniWorkspace(overlays: { coordinator?: string; worker?: string } = {}): Record<string, string> {
  return {
    ...textsOf(miniCoordinator(overlays.coordinator)),
    ...textsOf(miniWorker(overlays.worker)),
  };
}

/** The texts of a charm by the paths that the workspace gives them. */
export function textsOf(charm: CharmFiles): Record<string, string> {
  return Object.fromEntries([...charm.files.values()].map(({ path, text }) => [path, text]));
}
