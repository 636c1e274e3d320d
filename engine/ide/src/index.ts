/** The public face of the ide room: what other rooms may use. */

export { analysis } from "./analysis/analysis.ts";
export { type Baseline, baselineOf, readBaseline, withoutBaseline } from "./analysis/baseline.ts";
export { type Cluster, clustersOf } from "./analysis/clusters.ts";
export { type Deployment, defaultDeployment, deploymentIn, inferredDeployment } from "./analysis/deployment.ts";
export {
  confirmedCharms,
  type DiscoveredCharm,
  type Discovery,
  discovery,
  isCharmMetadata,
  isRelevantPath,
  isSkippedFolder,
} from "./analysis/discovery.ts";
export { editedWorkspace } from "./analysis/edited-workspace.ts";
export type { Analysis } from "./analysis/snapshot.ts";
export type { Workspace } from "./analysis/workspace.ts";
export { completions } from "./completion/completion.ts";
export type { Completion, CompletionKind } from "./completion/proposal.ts";
export { type SignatureHelp, signatureHelp } from "./completion/signature-help.ts";
export type { Parameter, Signature } from "./completion/signatures.ts";
export type { Target, TargetKind } from "./cursor/target.ts";
export { targetAt, targetsIn } from "./cursor/target-at.ts";
export type { Diagnostic, Fix, Severity } from "./diagnostic.ts";
export { differenceEdits } from "./fixes/difference.ts";
export { fixedAll } from "./fixes/fix-all.ts";
export { lockNotices } from "./fixes/lock-notices.ts";
export { type Hover, hover } from "./hover/hover.ts";
export { addMeshSupport, meshSupportCharms } from "./mesh-support/add-mesh-support.ts";
export { type Definition, definition } from "./navigation/definition.ts";
export { highlights, references } from "./navigation/references.ts";
export { type Renameable, type Renamed, renameable, renamed } from "./navigation/rename.ts";
export { type FoldingRange, foldingRanges } from "./outline/folding.ts";
export { type InlayHint, inlayHints } from "./outline/inlay-hints.ts";
export { type Lens, lensAt, lensPlaces } from "./outline/lenses.ts";
export { type DocumentLink, documentLinks } from "./outline/links.ts";
export { type SemanticToken, semanticTokens, type TokenModifier, type TokenType } from "./outline/semantic-tokens.ts";
export { documentSymbols, type OutlineSymbol, type SymbolKind, workspaceSymbols } from "./outline/symbols.ts";
export { refactorings } from "./refactor/refactorings.ts";
export { type Inspection, inspection } from "./render/inspection.ts";
export { type Resolved, resolved } from "./render/resolved.ts";
export { RULE_GROUPS, RULES, ruleDocumentation, ruleNamed } from "./rules/registry.ts";
export type { Rule } from "./rules/rule.ts";
export { type ProjectSettings, projectSettings } from "./settings/project-settings.ts";
export { DEFAULT_SETTINGS, type Settings, settingsSchema } from "./settings/settings.ts";
