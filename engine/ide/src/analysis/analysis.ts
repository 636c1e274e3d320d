import { withMeshSupport } from "../mesh-support/offered-mesh-support.ts";
import { type Analysis, snapshot } from "./snapshot.ts";
import type { Workspace } from "./workspace.ts";

/** Looks at one snapshot of a workspace, every finding with all the fixes that it has. Pure and lazy. */
export function analysis(workspace: Workspace): Analysis {
  return snapshot(workspace, withMeshSupport);
}
