import { analysis, type Diagnostic, type Fix, type Workspace } from "#ide";
import type { FileEdit } from "#syntax";
import { editedWorkspace } from "../../engine/ide/src/analysis/edited-workspace.ts";

/** What is wrong with a fix, by the findings before and after it: it leaves its finding, or it brings one that was not there. */
export function problemsOfFix(
  diagnostic: Diagnostic,
  fix: Fix,
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
): readonly string[] {
  const problems: string[] = [];
  const own = (findings: readonly Diagnostic[]): number =>
    findings.filter(({ code, message }) => code === diagnostic.code && message === diagnostic.message).length;
  if (own(after) >= own(before)) problems.push(`“${fix.title}” leaves ${diagnostic.code}: ${diagnostic.message}`);
  const had = counted(before.map(({ code }) => code));
  // Rules are compared and not messages, which name what a fix changes elsewhere: a relation, or the package that brings another.
  for (const [code, count] of counted(after.map(({ code }) => code))) {
    if (count <= (had.get(code) ?? 0) || isExpected(fix, code)) continue;
    const now = after.filter((each) => each.code === code).map(({ message }) => message);
    problems.push(`“${fix.title}” brings ${code}, now: ${now.join(" | ")}`);
  }
  return problems;
}

/** A charm that has just joined the mesh still needs the policies whose ports only its author knows; the fix marks each as a GAP. */
function isExpected({ title }: Fix, code: string): boolean {
  return title === "Add service mesh support" && code === "missing-policy";
}

/** Applies every offered fix of every finding in a workspace alone, in memory, and says what is wrong with the results. */
export function fixSweep(workspace: Workspace): { readonly offered: number; readonly problems: readonly string[] } {
  const before = analysis(workspace).diagnostics();
  const problems: string[] = [];
  let offered = 0;
  for (const diagnostic of before)
    for (const fix of diagnostic.fixes) {
      offered++;
      const after = analysis(lockedAgain(editedWorkspace(workspace, fix.edits), fix.edits)).diagnostics();
      for (const problem of problemsOfFix(diagnostic, fix, before, after)) problems.push(problem);
    }
  return { offered, problems };
}

/** Without the locks of requirements that a fix changed: its notice asks the author to lock again, and nothing here can do that. */
function lockedAgain(workspace: Workspace, edits: readonly FileEdit[]): Workspace {
  const stale = new Set(
    edits
      .filter(({ path }) => /(?:^|\/)pyproject\.toml$/.test(path))
      .flatMap(({ path }) => ["uv.lock", "poetry.lock"].map((name) => path.replace(/pyproject\.toml$/, name))),
  );
  const charms = workspace.charms.map((charm) =>
    [...charm.files.values()].some(({ path }) => stale.has(path))
      ? { ...charm, files: new Map([...charm.files].filter(([, { path }]) => !stale.has(path))) }
      : charm,
  );
  return { ...workspace, charms };
}

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
