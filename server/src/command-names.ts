// Part of what is loaded before the client has its answer to `initialize`: names only, nothing of the engine.

/** The commands of `workspace/executeCommand`, for clients without the extension. */
export const COMMANDS = [
  "charmMesh.showGraph",
  "charmMesh.showPolicies",
  "charmMesh.addMeshSupport",
  "charmMesh.applyEdit",
] as const;

export type CommandName = (typeof COMMANDS)[number];
