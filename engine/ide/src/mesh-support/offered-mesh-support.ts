import { type CharmModel, PYDANTIC_NEED } from "#charm";
import type { Analysis } from "../analysis/snapshot.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { lazyFix } from "../edits/fix.ts";
import { type CharmFacts, charmFacts } from "../facts/charm-facts.ts";
import { constraintAdmits, importsEarlierHome } from "../facts/package-versions.ts";
import { noMeshSupport } from "../rules/no-mesh-support.ts";
import { unwiredMeshRelation } from "../rules/unwired-mesh-relation.ts";
import { addMeshSupport, meshSupportCharms } from "./add-mesh-support.ts";
import { consumerPlace } from "./wired-consumer.ts";

const TITLE = "Add service mesh support";

/**
 * Gives the finding that a charm has no mesh support its fix, which a rule can't make: it takes the guide's steps over the rest of
 * the cluster too. The same where mesh relations are declared and nothing at all is wired to them. Not preferred, since "fix all"
 * mends errors, and only the author knows whether mesh support is intended. Not offered where the steps can't be taken, or where the
 * charm's requirements rule out what the mesh library needs. Other findings come back unchanged.
 */
export function withMeshSupport(diagnostic: Diagnostic, analysis: Analysis): Diagnostic {
  if (diagnostic.code !== noMeshSupport.name && !isNothingWired(diagnostic, analysis)) return diagnostic;
  const charms = meshSupportCharms(analysis, diagnostic.location.file.path);
  if (!charms.some((each) => canStartOnMesh(charmFacts(each)))) return diagnostic;
  const fix = lazyFix(TITLE, () => addMeshSupport(charms), false);
  return { ...diagnostic, fixes: [...diagnostic.fixes, fix] };
}

/** The charms of which it is reported that they have no mesh support at all, in the order of the findings. */
export function charmsWithoutMesh(analysis: Analysis): readonly CharmModel[] {
  const found = analysis.diagnostics().filter(({ code }) => code === noMeshSupport.name);
  return found.flatMap(({ location }) => analysis.charmOf(location.file.path) ?? []);
}

/** Whether a finding of a charm offers to add mesh support: the charm has none, or nothing is wired to its mesh relations. */
export function offersMeshSupport(analysis: Analysis, charm: CharmModel): boolean {
  return analysis
    .diagnostics()
    .some(
      ({ location, fixes }) =>
        fixes.some(({ title }) => title === TITLE) && analysis.charmOf(location.file.path) === charm,
    );
}

/** Whether there is something to wire, and the charm's requirements admit what the mesh library needs. */
function canStartOnMesh(facts: CharmFacts): boolean {
  const { coordinator, wiring, imports, dependencies } = facts;
  if (!constraintAdmits(dependencies.packages.get(PYDANTIC_NEED.package), PYDANTIC_NEED.range)) return false;
  if (coordinator) return wiring.coordinator !== "all" && !importsEarlierHome(imports);
  return consumerPlace(facts) !== null;
}

function isNothingWired({ code, location, test }: Diagnostic, analysis: Analysis): boolean {
  if (code !== unwiredMeshRelation.name || test) return false;
  const charm = analysis.charmOf(location.file.path);
  return charm !== null && charmFacts(charm).wiring.endpoints.length === 0;
}
