import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { ParsedFilter } from "#picture";
import { debounced } from "../page/debounced.ts";
import { Icon, type IconName } from "../page/icon.tsx";

/** A text that can replace a part of the field's text. */
export interface Suggestion {
  readonly text: string;
  readonly about: string;
  readonly start: number;
  readonly end: number;
}

interface FindBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly icon: IconName;
  readonly name: string;
  readonly value: string;
  /** null: there is no graph yet. */
  readonly parsed: ParsedFilter | null;
  /** What the expression matches, in a few words. */
  readonly note: string;
  readonly suggestions: (text: string, cursor: number) => readonly Suggestion[];
  /** Called with the text while a person types, after short pauses. */
  readonly changed: (text: string) => void;
}

/** The text is applied after a pause of so many milliseconds. */
const PAUSE = 120;
const MOST = 12;

/** A text field for a find or hide expression, with completion. */
export function FindBox(props: FindBoxProps) {
  const { label, placeholder, icon, name, value, parsed, note, suggestions, changed } = props;
  const listId = useId();
  const noteId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [offered, setOffered] = useState<readonly Suggestion[]>([]);
  const [active, setActive] = useState(-1);
  const latest = useRef({ text, changed });
  latest.current = { text: latest.current.text, changed };
  const typed = useMemo(() => debounced(() => latest.current.changed(latest.current.text), PAUSE), []);

  // The panel's own changes show unless a person is typing.
  useEffect(() => {
    if (document.activeElement === input.current) return;
    latest.current.text = value;
    setText(value);
  }, [value]);

  const apply = (next: string, now: boolean) => {
    latest.current.text = next;
    setText(next);
    typed.later();
    if (now) typed.now();
  };
  const close = () => {
    setOffered([]);
    setActive(-1);
  };
  const open = (shown: string, cursor: number) => {
    setOffered(
      suggestions(shown, cursor)
        .filter((one) => shown.slice(one.start, one.end) !== one.text)
        .slice(0, MOST),
    );
    setActive(-1);
  };
  const take = (one: Suggestion | undefined) => {
    if (!one || !input.current) return;
    const next = `${text.slice(0, one.start)}${one.text} ${text.slice(one.end).trimStart()}`;
    const cursor = one.start + one.text.length + 1;
    apply(next, true);
    open(next, cursor);
    input.current.value = next;
    input.current.setSelectionRange(cursor, cursor);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isOpen = offered.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) open(text, input.current?.selectionStart ?? text.length);
      else {
        const step = event.key === "ArrowDown" ? 1 : -1;
        setActive(active < 0 && step < 0 ? offered.length - 1 : (active + step + offered.length) % offered.length);
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active >= 0) take(offered[active]);
      else {
        close();
        apply(text, true);
      }
    } else if (event.key === "Tab" && active >= 0) {
      event.preventDefault();
      take(offered[active]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (isOpen) close();
      else apply("", true);
    }
  };
  const wrong = parsed !== null && !parsed.ok;
  const message = wrong ? parsed.error.message : note;
  const isOpen = offered.length > 0;
  return (
    <div class="find-box">
      <Icon name={icon} />
      <input
        type="text"
        role="combobox"
        ref={input}
        name={name}
        value={text}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-describedby={noteId}
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={wrong ? "true" : undefined}
        onInput={({ currentTarget }) => {
          open(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length);
          apply(currentTarget.value, false);
        }}
        onFocus={() => {
          if (text === "") open("", 0);
        }}
        onBlur={() => {
          close();
          // The panel may be hidden next: what was typed is applied first.
          typed.now();
        }}
        onKeyDown={onKeyDown}
      />
      <span class={wrong ? "find-note wrong" : "find-note"} id={noteId} title={message}>
        {message}
      </span>
      {text === "" ? null : (
        <button
          type="button"
          class="icon-button clear"
          title="Clear"
          aria-label={`Clear ${label.toLowerCase()}`}
          onClick={() => {
            apply("", true);
            input.current?.focus();
            close();
          }}
        >
          <Icon name="close" />
        </button>
      )}
      <div
        class={isOpen ? "suggestions" : "suggestions hidden"}
        id={listId}
        role="listbox"
        aria-label={`${label}: suggestions`}
      >
        {offered.map((one, at) => (
          <Option
            key={`${one.start} ${one.text}`}
            id={`${listId}-${at}`}
            one={one}
            active={at === active}
            take={take}
          />
        ))}
      </div>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly one: Suggestion;
  readonly active: boolean;
  readonly take: (one: Suggestion) => void;
}

function Option({ id, one, active, take }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: The focus stays in the field, which names the active option.
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={active}
      onPointerDown={(event) => {
        event.preventDefault();
        take(one);
      }}
    >
      <code>{one.text}</code>
      <span>{one.about}</span>
    </div>
  );
}
