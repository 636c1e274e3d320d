import type { PanelMessage, SavedPanel } from "#protocol";

/** Who the panel speaks with: the VS Code client, or nobody but the page it stands in. */
export interface PanelHost {
  send(message: PanelMessage): void;
  /** Messages come as they came over the wire, not parsed yet. */
  listen(receive: (message: unknown) => void): void;
  saved(): unknown;
  save(state: SavedPanel): void;
}
