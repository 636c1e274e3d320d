/** Every command that the extension contributes; a test compares them with package.json, the compiler with what they do. */
export const COMMANDS = [
  "charmMesh.showGraph",
  "charmMesh.showAnotherGraph",
  "charmMesh.showPolicies",
  "charmMesh.showManifests",
  "charmMesh.addMeshSupport",
  "charmMesh.comparePolicies",
  "charmMesh.canReach",
  "charmMesh.explainDenial",
  "charmMesh.exportGraph",
  "charmMesh.restartServer",
] as const;

export type CommandName = (typeof COMMANDS)[number];
