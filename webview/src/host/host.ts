import type { PanelMessage, SavedPanel } from "#protocol";

/** The panel's other side: the VS Code client, or the page that the panel is part of. */
export interface PanelHost {
  send(message: PanelMessage): void;
  /** Messages arrive as they came over the wire, not parsed yet. */
  listen(receive: (message: unknown) => void): void;
  saved(): unknown;
  save(state: SavedPanel): void;
  /** Copies a text to the clipboard; rejects where that is not allowed. */
  copy(text: string): Promise<void>;
  /** Whether the host shows context menus from `data-vscode-context`; else the panel shows its own. */
  readonly menus: boolean;
}
