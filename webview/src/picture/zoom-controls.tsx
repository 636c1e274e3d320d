import { Icon, type IconName } from "../page/icon.tsx";
import { type KeyAction, ZOOM_STEP } from "./keys.ts";

const BUTTONS: readonly { readonly title: string; readonly icon: IconName; readonly action: KeyAction }[] = [
  { title: "Zoom in", icon: "add", action: { kind: "zoom", factor: ZOOM_STEP } },
  { title: "Zoom out", icon: "remove", action: { kind: "zoom", factor: 1 / ZOOM_STEP } },
  { title: "Fit the whole picture", icon: "screenFull", action: { kind: "fit" } },
];

/** Buttons for zoom and fit in the picture's corner. */
export function ZoomControls({ act }: { readonly act: (action: KeyAction) => void }) {
  return (
    <div class="zoom-controls" role="group" aria-label="Zoom">
      {BUTTONS.map(({ title, icon, action }) => (
        <button
          key={title}
          type="button"
          class="icon-button"
          title={title}
          aria-label={title}
          onClick={() => act(action)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}
