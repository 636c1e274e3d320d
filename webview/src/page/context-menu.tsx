import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

interface MenuEntry<Name extends string> {
  readonly name: Name;
  readonly title: string;
}

interface ContextMenuProps<Name extends string> {
  readonly label: string;
  /** Groups of entries, with a line between two groups. */
  readonly groups: readonly (readonly MenuEntry<Name>[])[];
  readonly x: number;
  readonly y: number;
  readonly choose: (name: Name) => void;
  readonly close: () => void;
}

/** A context menu as the ARIA guide describes it: arrow keys, Home and End move, Enter chooses, Escape and a click elsewhere close. */
export function ContextMenu<Name extends string>({ label, groups, x, y, choose, close }: ContextMenuProps<Name>) {
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  const entries = () => [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    element.style.setProperty("left", `${Math.max(0, Math.min(x, window.innerWidth - element.offsetWidth - 4))}px`);
    element.style.setProperty("top", `${Math.max(0, Math.min(y, window.innerHeight - element.offsetHeight - 4))}px`);
    opener.current ??= document.activeElement;
    entries()[0]?.focus();
  });
  useEffect(() => {
    const outside = (event: Event) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) close();
    };
    document.addEventListener("pointerdown", outside);
    window.addEventListener("blur", close);
    return () => {
      document.removeEventListener("pointerdown", outside);
      window.removeEventListener("blur", close);
    };
  }, [close]);
  const leave = () => {
    close();
    if (opener.current instanceof HTMLElement || opener.current instanceof SVGElement) opener.current.focus();
  };
  return (
    <div
      class="context-menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      ref={menu}
      onKeyDown={(event) => {
        const all = entries();
        const at = all.indexOf(document.activeElement as HTMLElement);
        const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
        if (event.key === "Escape" || event.key === "Tab") {
          event.preventDefault();
          leave();
        }
        if (next === undefined) return;
        event.preventDefault();
        all[(next + all.length) % all.length]?.focus();
      }}
    >
      {groups.map((group) => (
        <div key={group[0]?.name} role="group" class="menu-group">
          {group.map(({ name, title }) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class="menu-item"
              onClick={() => {
                leave();
                choose(name);
              }}
            >
              {title}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
