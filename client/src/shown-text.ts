import { type Uri, workspace } from "vscode";
import { visibleText } from "#syntax";

/** The path of a file as it may stand in a text of the editor: relative to its folder, with escapes for what is unseen in it. */
export function shownPath(uri: Uri): string {
  return visibleText(workspace.asRelativePath(uri));
}

/**
 * A text for a message of the editor, in which names from outside are names: VS Code makes links of `[text](target)`, even of commands
 * (src/vs/base/common/linkedText.ts), so a blank goes between the brackets.
 */
export function messageText(text: string): string {
  return visibleText(text).replaceAll("](", "] (");
}
