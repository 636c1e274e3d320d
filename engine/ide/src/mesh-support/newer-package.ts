import { type CharmFiles, charmModel } from "#charm";
import { applyEdits, type FileEdit, sourceFile } from "#syntax";
import { type CharmFacts, charmFacts } from "../facts/charm-facts.ts";
import { admits, constraintAdmits } from "../facts/package-versions.ts";
import { reconstrainedFixes } from "../fixes/requirement-edits.ts";

const PACKAGE = "coordinated-workers";
const MESHED = ">=2.1.0";
const LOCKS: readonly string[] = ["uv.lock", "poetry.lock"];

/**
 * A charm of coordinated-workers that asks for a version with mesh support (the guide's note on 2.1.0), by name, so that locking
 * again takes one. Its lock is then left out: what it holds is old, and decides nothing about the rest. The charm itself where
 * its requirement is new enough, has mesh support already or is written in a form that can't be changed.
 */
export function withNewerPackage(charm: CharmFiles): CharmFiles {
  const edits = raising(charmFacts(charmModel(charm)));
  if (edits.length === 0) return charm;
  const files = new Map([...charm.files].filter(([path]) => !LOCKS.includes(path)));
  for (const [path, file] of files) {
    const changed = edits.filter((each) => each.path === file.path).flatMap((each) => each.edits);
    if (changed.length > 0) files.set(path, sourceFile(file.path, applyEdits(file.text, changed), file.version + 1));
  }
  return { ...charm, files };
}

function raising({ coordinator, worker, wiring, dependencies }: CharmFacts): readonly FileEdit[] {
  const found = dependencies.packages.get(PACKAGE);
  if ((!coordinator && !worker) || wiring.coordinator === "all" || !found) return [];
  // Where the requirement rules old versions out already, only the lock is behind.
  const older =
    !constraintAdmits(found, MESHED) || (constraintAdmits(found, "<2.1.0") && !admits(dependencies, PACKAGE, MESHED));
  return older ? (reconstrainedFixes(found.requirement, MESHED)[0]?.edits ?? []) : [];
}
