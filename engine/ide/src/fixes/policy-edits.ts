import type { DeclaredPolicy } from "#charm";
import type { FileEdit, Location, PyExpression, TextEdit } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix } from "../edits/fix.ts";
import type { PythonSources } from "../facts/charm-facts.ts";
import { bracketsOf, removedItem } from "./python-edits.ts";
import { nodesAround, type PyNode } from "./python-tree.ts";

/** Removes a policy from the list that holds it; no edit where it is in no list display (or appended by a call). */
export function removingPolicyFixes(policy: DeclaredPolicy, python: PythonSources, preferred: boolean): Fix[] {
  const edits = policyRemoval(policy.call, python);
  return edits ? [fix(`Remove this ${policy.kind}`, [edits], preferred)] : [];
}

/** The edit of `removingPolicyFixes`; null where there is no safe one. */
export function policyRemoval(call: Location, python: PythonSources): FileEdit | null {
  const { file, span } = call;
  const around = nodesAround(python.module(file), span);
  const at = around.findIndex(
    (node) => node.kind === "call" && node.span.start === span.start && node.span.end === span.end,
  );
  const parent = around[at - 1];
  if (!parent) return null;
  if (parent.kind === "list" || parent.kind === "tuple" || parent.kind === "set") {
    const brackets = bracketsOf(file, parent as PyExpression & PyNode);
    const index = brackets?.items.findIndex((each) => each.start === span.start) ?? -1;
    return brackets && index >= 0 ? editsOf(file, removedItem(file, brackets, index)) : null;
  }
  return null;
}

/** Replaces the name of the class that is called, `module.` in front of it kept. */
export function renamedCallee(callee: Location, name: string): TextEdit {
  const written = callee.file.text.slice(callee.span.start, callee.span.end);
  const dot = written.lastIndexOf(".");
  return { span: { start: callee.span.start + dot + 1, end: callee.span.end }, newText: name };
}
