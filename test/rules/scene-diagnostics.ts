import { analysis, confirmedCharms, DEFAULT_SETTINGS, type Diagnostic, discovery, type Workspace } from "#ide";
import { applyEdits, type FileEdit, positionAt, type SourceFile, sourceFile } from "#syntax";
import { problemsOfFix } from "./fix-problems.ts";
import type { ExpectedFinding } from "./rule-page.ts";

/** A workspace from texts by path, found as every host finds it. */
export function workspaceOf(texts: ReadonlyMap<string, string>): Workspace {
  const files = new Map([...texts].map(([path, text]) => [path, sourceFile(path, text)]));
  const given = (paths: Iterable<string>): SourceFile[] => [...paths].flatMap((path) => files.get(path) ?? []);
  const found = discovery(files.keys());
  return {
    charms: confirmedCharms(found.charms, (path) => texts.get(path) ?? null).map(({ root, paths }) => ({
      root,
      files: new Map(given(paths).map((file) => [root === "" ? file.path : file.path.slice(root.length + 1), file])),
      unreadable: new Map(),
    })),
    topologies: given(found.topologies),
    settings: DEFAULT_SETTINGS,
    settingsFiles: given(found.settings),
  };
}

/** What is found in such a workspace. */
export function diagnosticsIn(texts: ReadonlyMap<string, string>): readonly Diagnostic[] {
  return analysis(workspaceOf(texts)).diagnostics();
}

/** The texts after a fix. */
export function fixedTexts(
  texts: ReadonlyMap<string, string>,
  edits: readonly FileEdit[],
): ReadonlyMap<string, string> {
  const after = new Map(texts);
  for (const edit of edits) after.set(edit.path, applyEdits(texts.get(edit.path) ?? "", edit.edits));
  return after;
}

/** A finding in the form in which pages expect it. */
export function asExpected({ code, severity, location }: Diagnostic): ExpectedFinding {
  const start = positionAt(location.file, location.span.start);
  const end = positionAt(location.file, location.span.end);
  return {
    path: location.file.path,
    line: start.line,
    start: start.character,
    end: end.line === start.line ? end.character : -1,
    severity,
    code,
  };
}

/** What is wrong with the fixes of some findings, each applied alone: it leaves its finding, or brings another. */
export function fixProblems(
  texts: ReadonlyMap<string, string>,
  wanted: (diagnostic: Diagnostic) => boolean = () => true,
  before: readonly Diagnostic[] = diagnosticsIn(texts),
): { readonly offered: number; readonly problems: readonly string[] } {
  const problems: string[] = [];
  let offered = 0;
  for (const diagnostic of before.filter(wanted)) {
    for (const fix of diagnostic.fixes) {
      offered++;
      const after = diagnosticsIn(fixedTexts(texts, fix.edits));
      for (const problem of problemsOfFix(diagnostic, fix, before, after)) problems.push(problem);
    }
  }
  return { offered, problems };
}
