import type { Analysis } from "../analysis/snapshot.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { lazyFix } from "../edits/fix.ts";
import { charmFacts } from "../facts/charm-facts.ts";
import { noMeshSupport } from "../rules/no-mesh-support.ts";
import { unwiredMeshRelation } from "../rules/unwired-mesh-relation.ts";
import { addMeshSupport, meshSupportCharms } from "./add-mesh-support.ts";

/**
 * Gives the finding that a charm has no mesh support its fix, which a rule can't make: it takes the guide's steps over the rest of
 * the cluster too. The same where mesh relations are declared and nothing at all is wired to them. Not preferred, since "fix all"
 * mends errors, and only the author knows whether mesh support is intended. Other findings come back unchanged.
 */
export function withMeshSupport(diagnostic: Diagnostic, analysis: Analysis): Diagnostic {
  if (diagnostic.code !== noMeshSupport.name && !isNothingWired(diagnostic, analysis)) return diagnostic;
  const edits = () => addMeshSupport(meshSupportCharms(analysis, diagnostic.location.file.path));
  return { ...diagnostic, fixes: [...diagnostic.fixes, lazyFix("Add service mesh support", edits, false)] };
}

function isNothingWired({ code, location, test }: Diagnostic, analysis: Analysis): boolean {
  if (code !== unwiredMeshRelation.name || test) return false;
  const charm = analysis.charmOf(location.file.path);
  return charm !== null && charmFacts(charm).wiring.endpoints.length === 0;
}
