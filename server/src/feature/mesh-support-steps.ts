import type { AnnotatedTextEdit, ChangeAnnotation, CreateFile, TextDocumentEdit } from "vscode-languageserver";
import type { FileEdit, TextEdit } from "#syntax";
import type { ServerSnapshot } from "../snapshot.ts";
import { workspaceEdit } from "../workspace-edit.ts";

type Step = "relations" | "dependencies" | "code" | "gaps";

const STEPS: Readonly<Record<Step, ChangeAnnotation>> = {
  relations: { label: "1. Declare the mesh relations", needsConfirmation: false },
  dependencies: { label: "2. Require the libraries", needsConfirmation: false },
  code: { label: "3. Join the mesh, allow the traffic", needsConfirmation: false },
  gaps: {
    label: "4. Policies with a gap",
    description: "A port or an address could not be read: check these policies, or leave them out.",
    needsConfirmation: true,
  },
};

/**
 * Mesh support as an edit whose parts are grouped by the guide's steps. Clients ask about policies with a gap only, where they can ask.
 * The edit stays valid Python without them. null where there is nothing to do, or the client can't do all of it.
 */
export function stepsEdit(snapshot: ServerSnapshot, edits: readonly FileEdit[]): ReturnType<typeof workspaceEdit> {
  if (edits.length === 0) return null;
  const plain = workspaceEdit(snapshot, edits);
  if (!plain?.documentChanges || !snapshot.client.capabilities.workspace?.workspaceEdit?.changeAnnotationSupport)
    return plain;
  const used = new Set<Step>();
  const documentChanges = edits.flatMap((file): (TextDocumentEdit | CreateFile)[] => {
    const split = file.edits.flatMap((edit) => parts(file.path, edit));
    for (const { step } of split) used.add(step);
    const changes = workspaceEdit(snapshot, [{ ...file, edits: split.map(({ edit }) => edit) }])?.documentChanges ?? [];
    return changes.flatMap((change): (TextDocumentEdit | CreateFile)[] => {
      if ("textDocument" in change) {
        const annotated = change.edits.map(
          (edit, at) => ({ ...edit, annotationId: split[at]?.step ?? "code" }) as AnnotatedTextEdit,
        );
        return [{ ...change, edits: annotated }];
      }
      return change.kind === "create" ? [{ ...change, annotationId: stepOf(file.path) }] : [];
    });
  });
  const changeAnnotations = Object.fromEntries(
    (Object.keys(STEPS) as Step[]).filter((step) => used.has(step)).map((step) => [step, STEPS[step]]),
  );
  return { documentChanges, changeAnnotations };
}

/** How many gaps the edits mark. */
export function gapsIn(edits: readonly FileEdit[]): number {
  return edits.flatMap((file) => file.edits).reduce((sum, { newText }) => sum + newText.split("# GAP: ").length - 1, 0);
}

function stepOf(path: string): Step {
  if (path.endsWith(".py")) return "code";
  return /(^|\/)(charmcraft|metadata|config)\.yaml$/.test(path) ? "relations" : "dependencies";
}

interface StepEdit {
  readonly step: Step;
  readonly edit: TextEdit;
}

/** An edit in parts, each gap one of its own: the comment that marks it and the policy below. */
function parts(path: string, edit: TextEdit): readonly StepEdit[] {
  const step = stepOf(path);
  if (step !== "code" || !edit.newText.includes("# GAP: ")) return [{ step, edit }];
  const lines = edit.newText.split(/(?<=\n)/);
  const found: { step: Step; text: string }[] = [];
  const add = (to: Step, text: string) => {
    const last = found.at(-1);
    if (last?.step === to && to !== "gaps") last.text += text;
    else found.push({ step: to, text });
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    const end = at > 0 && /^\s*# GAP: /.test(line) ? gapEnd(lines, at) : null;
    if (end === null) add(step, line);
    else add("gaps", lines.slice(at, end).join(""));
    at = end ?? at + 1;
  }
  const { span } = edit;
  return found.map((part, index) => ({
    step: part.step,
    // The first part replaces what the edit replaces, the others follow it.
    edit: { span: index === 0 ? span : { start: span.end, end: span.end }, newText: part.text },
  }));
}

/** The line behind a gap that begins at a line: behind its comment and the policy below it. null where that policy does not end here. */
function gapEnd(lines: readonly string[], start: number): number | null {
  let at = start;
  while (/^\s*#/.test(lines[at] ?? "")) at += 1;
  const policy = /^(\s*)(?:App|Unit)Policy\(/.exec(lines[at] ?? "");
  if (!policy) return lines[at - 1]?.endsWith("\n") ? at : null;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line.startsWith(policy[1] ?? "") && /^\S.*?\),\n$|^\),\n$/.test(line.slice((policy[1] ?? "").length)))
      return at + 1;
  }
  return null;
}
