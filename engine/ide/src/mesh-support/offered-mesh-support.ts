import type { Analysis } from "../analysis/snapshot.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { lazyFix } from "../fixes/fix.ts";
import { noMeshSupport } from "../rules/no-mesh-support.ts";
import { addMeshSupport, meshSupportCharms } from "./add-mesh-support.ts";

/**
 * Gives the finding that a charm has no mesh support its fix, which a rule can't make: it takes the guide's steps over the rest of
 * the cluster too. Not preferred, since "fix all" mends what is wrong, and nothing is wrong with such a charm. Other findings
 * come back as they are.
 */
export function withMeshSupport(diagnostic: Diagnostic, analysis: Analysis): Diagnostic {
  if (diagnostic.code !== noMeshSupport.name) return diagnostic;
  const edits = () => addMeshSupport(meshSupportCharms(analysis, diagnostic.location.file.path), analysis.parser);
  return { ...diagnostic, fixes: [lazyFix("Add service mesh support", edits, false)] };
}
