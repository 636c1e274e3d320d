import { callHierarchy } from "./call-hierarchy.ts";
import { canReach } from "./can-reach.ts";
import { charms } from "./charms.ts";
import { codeActions } from "./code-actions.ts";
import { codeLens } from "./code-lens.ts";
import { completion } from "./completion.ts";
import { definition } from "./definition.ts";
import { documentLinks } from "./document-links.ts";
import { executeCommand } from "./execute-command.ts";
import { explain } from "./explain.ts";
import type { Feature } from "./feature.ts";
import { folding } from "./folding.ts";
import { graph } from "./graph.ts";
import { hover } from "./hover.ts";
import { implementation } from "./implementation.ts";
import { inlayHints } from "./inlay-hints.ts";
import { meshSupport } from "./mesh-support.ts";
import { names } from "./names.ts";
import { policies } from "./policies.ts";
import { policiesDocument } from "./policies-document.ts";
import { pullDiagnostics } from "./pull-diagnostics.ts";
import { documentHighlights, references } from "./references.ts";
import { rename } from "./rename.ts";
import { semanticTokens } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";
import { documentSymbols, workspaceSymbols } from "./symbols.ts";
import { tree } from "./tree.ts";
import { willRenameFiles } from "./will-rename-files.ts";

/** Every feature of the server. */
export const FEATURES: readonly Feature[] = [
  pullDiagnostics,
  hover,
  completion,
  signatureHelp,
  definition,
  implementation,
  callHierarchy,
  references,
  documentHighlights,
  rename,
  documentSymbols,
  workspaceSymbols,
  codeActions,
  codeLens,
  inlayHints,
  documentLinks,
  folding,
  semanticTokens,
  willRenameFiles,
  executeCommand,
  policiesDocument,
  charms,
  graph,
  policies,
  tree,
  canReach,
  explain,
  meshSupport,
  names,
];
