import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
  /** Called for the chosen tab only. */
  readonly content: () => ComponentChildren;
}

interface TabListProps<Name extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly chosen: Name;
  readonly choose: (name: Name) => void;
}

/** Tabs as the ARIA guide describes them: one stop of the Tab key, arrow keys between tabs, the focused tab is shown at once. */
export function TabList<Name extends string>({ label, tabs, chosen, choose }: TabListProps<Name>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const now = tabs.findIndex((tab) => tab.name === chosen);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const at = (next + tabs.length) % tabs.length;
    const tab = tabs[at];
    if (tab) choose(tab.name);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[at]?.focus();
  };
  return (
    <>
      <div role="tablist" class="tab-list" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}-tab`}
            aria-controls={`${id}-${name}`}
            aria-selected={name === chosen}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => choose(name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div class="tab-panels">
        {tabs.map(({ name, content }) => (
          <div
            key={name}
            role="tabpanel"
            class="tab-panel"
            id={`${id}-${name}`}
            aria-labelledby={`${id}-${name}-tab`}
            tabIndex={0}
            hidden={name !== chosen}
          >
            {name === chosen ? content() : null}
          </div>
        ))}
      </div>
    </>
  );
}
