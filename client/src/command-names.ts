import type { MenuAction } from "#protocol";

/** The commands of the palette and of VS Code's menus, in the order of package.json. */
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

/** The entries of `webview/context` in package.json, with what each asks of the panel. */
export const MENU_COMMANDS = {
  "charmMesh.graph.openSource": "source",
  "charmMesh.graph.showReachable": "reaches",
  "charmMesh.graph.showCallers": "reachedBy",
  "charmMesh.graph.showNeighbours": "neighbours",
  "charmMesh.graph.hide": "hide",
  "charmMesh.graph.copyIdentity": "copyIdentity",
  "charmMesh.graph.copyFind": "copyFind",
} as const satisfies Readonly<Record<string, MenuAction>>;
