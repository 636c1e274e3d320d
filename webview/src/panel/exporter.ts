import type { ExportKind, PanelMessage } from "#protocol";
import { offerDownload } from "../page/download.ts";
import type { Scene } from "../picture/scene.ts";
import { currentColours } from "../picture/scene-colours.ts";
import type { ShownGraph } from "../view/shown-graph.ts";
import { exported } from "./exported.ts";
import type { PanelState } from "./panel-state.ts";

interface ExportPorts {
  state(): PanelState;
  shown(): ShownGraph | null;
  scene(): Scene | null;
  /** The panel's element, which has the theme's colours and font. */
  readonly root: Element;
  send(message: PanelMessage): void;
  failed(text: string): void;
}

/**
 * Exports what is shown: to the host that saves it, else as a download. `failed` gets the reason where that is impossible. Without a
 * graph nothing happens.
 */
export function exporter({
  state,
  shown,
  scene,
  root,
  send,
  failed,
}: ExportPorts): (kind: ExportKind) => Promise<void> {
  return async (kind) => {
    const { message } = state();
    const now = shown();
    if (!message?.graph || !now) return;
    try {
      const content = await exported(kind, {
        graph: message.graph,
        visible: now.visible,
        drawn: now.drawn,
        scene: scene(),
        colours: currentColours(root),
        fontFamily: getComputedStyle(root).fontFamily,
      });
      if (message.abilities.save) send({ type: "export", kind, content });
      else offerDownload(kind, content);
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error));
    }
  };
}
