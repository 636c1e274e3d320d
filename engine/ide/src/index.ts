/** The public face of the ide room: what other rooms may use. */

export { analysis } from "./analysis/analysis.ts";
export { type Baseline, baselineOf, readBaseline, withoutBaseline } from "./analysis/baseline.ts";
export { type Deployment, defaultDeployment, deploymentIn, inferredDeployment } from "./analysis/deployment.ts";
export {
  confirmedCharms,
  type DiscoveredCharm,
  type Discovery,
  discovery,
  isCharmMetadata,
  isRelevantPath,
  isSkippedFolder,
  PROJECT_SETTINGS_FILE,
} from "./analysis/discovery.ts";
export { editedWorkspace } from "./analysis/edited-workspace.ts";
export { type Analysis, analysisSteps } from "./analysis/snapshot.ts";
export type { Workspace } from "./analysis/workspace.ts";
export { completions } from "./completion/completion.ts";
export type { Completion, CompletionKind } from "./completion/proposal.ts";
export { signatureHelp } from "./completion/signature-help.ts";
export type { Diagnostic, Fix, Severity } from "./diagnostic.ts";
export { fixedAll } from "./fixes/fix-all.ts";
export { lockNotices } from "./fixes/lock-notices.ts";
export { hover } from "./hover/hover.ts";
export { addMeshSupport, meshSupportCharms } from "./mesh-support/add-mesh-support.ts";
export { charmsWithoutMesh } from "./mesh-support/offered-mesh-support.ts";
export { definition } from "./navigation/definition.ts";
export { movedFileEdits } from "./navigation/moved-files.ts";
export { otherSides } from "./navigation/other-sides.ts";
export { highlights, references } from "./navigation/references.ts";
export { renameable, renamed } from "./navigation/rename.ts";
export { type TrafficEnd, type TrafficFlow, trafficEndAt, trafficFrom, trafficTo } from "./navigation/traffic.ts";
export { foldingRanges } from "./outline/folding.ts";
export { inlayHints } from "./outline/inlay-hints.ts";
export { lensAt, lensPlaces } from "./outline/lenses.ts";
export { documentLinks } from "./outline/links.ts";
export { semanticTokens, type TokenModifier, type TokenType } from "./outline/semantic-tokens.ts";
export { documentSymbols, type OutlineSymbol, type SymbolKind, workspaceSymbols } from "./outline/symbols.ts";
export { refactorings } from "./refactor/refactorings.ts";
export { inspection } from "./render/inspection.ts";
export { RULES, ruleDocumentation } from "./rules/registry.ts";
export { DEFAULT_SETTINGS, type Settings, settingsSchema } from "./settings/settings.ts";
