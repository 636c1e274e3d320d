import type { FileEdit, SourceFile } from "#syntax";
import { editedWorkspace } from "../analysis/edited-workspace.ts";
import { snapshot } from "../analysis/snapshot.ts";
import type { Workspace } from "../analysis/workspace.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { merged } from "../edits/fix.ts";
import { differenceEdits } from "./difference.ts";

/** No charm needs as many rounds; a fix that would undo another's ends them earlier. */
const ROUNDS = 40;

/**
 * Everything that preferred fixes mend, as one set of edits: in each round those that do not touch each other's text, until none
 * is left. `path` keeps to the findings of one file (their fixes may touch others); null takes the whole workspace. Pure; an
 * empty list where nothing can be fixed.
 */
export function fixedAll(workspace: Workspace, path: string | null = null): FileEdit[] {
  const wanted: Wanted = (each) => path === null || each.location.file.path === path;
  return differences(workspace, fixedWorkspace(workspace, wanted));
}

/** Which findings are to be mended. */
export type Wanted = (diagnostic: Diagnostic) => boolean;

/** The workspace after all rounds of preferred fixes for the wanted findings. */
export function fixedWorkspace(workspace: Workspace, wanted: Wanted): Workspace {
  let current = workspace;
  let open = fixable(current, wanted);
  const seen = new Set([stateOf(open)]);
  for (let round = 0; round < ROUNDS && open.length > 0; round++) {
    const next = stepped(current, open, wanted, seen);
    if (!next) break;
    current = next.workspace;
    open = next.open;
  }
  return current;
}

/** Takes all that fit together; where that leads back to where it was before, the first one alone; else gives up. */
function stepped(
  current: Workspace,
  open: readonly Diagnostic[],
  wanted: Wanted,
  seen: Set<string>,
): { readonly workspace: Workspace; readonly open: readonly Diagnostic[] } | null {
  for (const taken of [compatible(open), compatible(open.slice(0, 1))]) {
    const workspace = editedWorkspace(current, merged(taken.flatMap((fix) => fix.edits)));
    const left = fixable(workspace, wanted);
    const state = stateOf(left);
    // A fix may bring to light what its finding hid, so the number of findings is no measure of progress.
    if (seen.has(state)) continue;
    seen.add(state);
    return { workspace, open: left };
  }
  return null;
}

/** What is left to mend, in words: the same again means that nothing was won. */
function stateOf(open: readonly Diagnostic[]): string {
  return JSON.stringify(open.map(({ code, message, location }) => [code, message, location.file.path]));
}

function fixable(workspace: Workspace, wanted: Wanted): readonly Diagnostic[] {
  const found = snapshot(workspace).diagnostics();
  return found.filter((each) => wanted(each) && each.fixes.some((fix) => fix.preferred));
}

/** The preferred fixes, in order, of which none touches text that an earlier one touches. */
function compatible(open: readonly Diagnostic[]): Fix[] {
  const taken: Fix[] = [];
  for (const { fixes } of open) {
    const fix = fixes.find((each) => each.preferred);
    if (fix && !taken.some((other) => touch(fix.edits, other.edits))) taken.push(fix);
  }
  return taken;
}

/** Insertions at one place touch too: each was made for a text without the other. */
function touch(a: readonly FileEdit[], b: readonly FileEdit[]): boolean {
  return a.some((left) =>
    b.some(
      (right) =>
        left.path === right.path &&
        left.edits.some((one) =>
          right.edits.some((other) => one.span.start <= other.span.end && other.span.start <= one.span.end),
        ),
    ),
  );
}

/** What became of the files of a workspace, as edits of the first state. */
export function differences(before: Workspace, after: Workspace): FileEdit[] {
  const texts = new Map(filesOf(before).map((file) => [file.path, file.text]));
  return filesOf(after).flatMap((file) => {
    const known = texts.get(file.path);
    const edits = differenceEdits(known ?? "", file.text);
    return edits.length > 0 ? [{ path: file.path, create: known === undefined, edits }] : [];
  });
}

function filesOf(workspace: Workspace): readonly SourceFile[] {
  return [
    ...workspace.charms.flatMap((charm) => [...charm.files.values()]),
    ...workspace.topologies,
    ...(workspace.settingsFiles ?? []),
  ];
}
