import { graphIndex } from "../view/graph-index.ts";
import type { Scene, SceneItem } from "./scene.ts";

/**
 * The text of `data-vscode-context` for an element: VS Code offers the entries of `webview/context` whose `when` clause it fulfils and
 * passes it to their commands (https://code.visualstudio.com/api/extension-guides/webview#context-menus).
 */
export function menuContext({ kind, id }: Pick<SceneItem, "kind" | "id">, scene: Scene | null): string {
  const isGroup = scene !== null && graphIndex(scene.graph).nodes.get(id)?.kind === "group";
  return JSON.stringify({ webviewSection: isGroup ? "group" : kind, elementKind: kind, elementId: id });
}
