import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

interface PopoverProps {
  readonly title: string;
  /** A shorter text on the button. */
  readonly text?: string;
  readonly icon: IconName;
  readonly disabled?: boolean;
  /** The content of the pane; `close` closes it and returns the focus to the button. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small pane below it. Escape and a click elsewhere close the pane. */
export function Popover({ title, text = title, icon, disabled = false, children }: PopoverProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    pane.current?.querySelector<HTMLElement>("button, input, select, textarea")?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: It only hears what happens in its button and pane.
    <div
      class="popover-root"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        close();
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && !root.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        class="tool"
        ref={button}
        title={title}
        disabled={disabled}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
        <span class="tool-text">{text}</span>
        <Icon name="chevronDown" />
      </button>
      <div class={open ? "popover" : "popover hidden"} id={id} ref={pane} role="group" aria-label={title}>
        {open ? children(close) : null}
      </div>
    </div>
  );
}
