import type { ParsedFilter } from "#picture";
import { element, filled, freshId } from "../page/element.ts";
import { type IconName, icon } from "../page/icon.ts";
import { putOff } from "../page/put-off.ts";

/** Something that can be put in the place of a part of the text. */
export interface Suggestion {
  readonly text: string;
  readonly about: string;
  readonly start: number;
  readonly end: number;
}

export interface FindBox {
  readonly element: HTMLElement;
  show(value: string, parsed: ParsedFilter | null, note: string): void;
  focus(): void;
}

/** Typing is applied once it rests for so long. */
const PAUSE = 120;
const MOST = 12;

/** A text field for a find or hide expression, with completion. `changed` gets the text while it is typed. */
export function findBox(
  what: { readonly label: string; readonly placeholder: string; readonly sign: IconName; readonly name: string },
  suggestions: (text: string, cursor: number) => readonly Suggestion[],
  changed: (text: string) => void,
): FindBox {
  const listId = freshId("suggestions");
  const noteId = freshId("find-note");
  const input = element("input", {
    type: "text",
    role: "combobox",
    name: what.name,
    "aria-label": what.label,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-describedby": noteId,
    placeholder: what.placeholder,
    autocomplete: "off",
    spellcheck: "false",
  });
  const list = element("ul", {
    class: "suggestions hidden",
    id: listId,
    role: "listbox",
    "aria-label": `${what.label}: suggestions`,
  });
  const note = element("span", { class: "find-note", id: noteId });
  const clear = element(
    "button",
    {
      type: "button",
      class: "icon-button clear hidden",
      title: "Clear",
      "aria-label": `Clear ${what.label.toLowerCase()}`,
    },
    icon("close"),
  );
  const root = element("div", { class: "find-box" }, icon(what.sign), input, note, clear, list);
  let offered: readonly Suggestion[] = [];
  let active = -1;
  const typed = putOff(() => changed(input.value), PAUSE);

  const mark = (next: number) => {
    active = next;
    [...list.children].forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === active));
      if (at === active) row.scrollIntoView({ block: "nearest" });
    });
    const row = list.children[active];
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.classList.add("hidden");
    input.setAttribute("aria-expanded", "false");
    offered = [];
    mark(-1);
  };
  const open = () => {
    offered = suggestions(input.value, input.selectionStart ?? input.value.length)
      .filter((one) => input.value.slice(one.start, one.end) !== one.text)
      .slice(0, MOST);
    if (offered.length === 0) {
      close();
      return;
    }
    filled(
      list,
      ...offered.map((one, at) =>
        element(
          "li",
          {
            id: `${listId}-${at}`,
            role: "option",
            "aria-selected": "false",
            onpointerdown: (event: PointerEvent) => {
              event.preventDefault();
              take(at);
            },
          },
          element("code", {}, one.text),
          element("span", {}, one.about),
        ),
      ),
    );
    list.classList.remove("hidden");
    input.setAttribute("aria-expanded", "true");
    mark(-1);
  };
  const apply = (now: boolean) => {
    clear.classList.toggle("hidden", input.value === "");
    typed.later();
    if (now) typed.now();
  };
  const take = (at: number) => {
    const one = offered[at];
    if (!one) return;
    input.value = `${input.value.slice(0, one.start)}${one.text} ${input.value.slice(one.end).trimStart()}`;
    const cursor = one.start + one.text.length + 1;
    input.setSelectionRange(cursor, cursor);
    apply(true);
    open();
  };

  input.addEventListener("input", () => {
    open();
    apply(false);
  });
  input.addEventListener("focus", () => {
    if (input.value === "") open();
  });
  input.addEventListener("blur", () => {
    close();
    // Who leaves the field has typed all of it, and the panel may be hidden next.
    typed.now();
  });
  input.addEventListener("keydown", (event) => {
    const isOpen = offered.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) open();
      else {
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(active < 0 && step < 0 ? offered.length - 1 : (active + step + offered.length) % offered.length);
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isOpen && active >= 0) take(active);
      else {
        close();
        apply(true);
      }
    } else if (event.key === "Tab" && isOpen && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (isOpen) close();
      else {
        input.value = "";
        apply(true);
      }
    }
  });
  clear.addEventListener("click", () => {
    input.value = "";
    apply(true);
    input.focus();
    close();
  });

  return {
    element: root,
    focus: () => input.focus(),
    show: (value, parsed, text) => {
      if (document.activeElement !== input && input.value !== value) input.value = value;
      clear.classList.toggle("hidden", input.value === "");
      const wrong = parsed !== null && !parsed.ok;
      // What is being typed is not wrong yet: only a text that rests is called so.
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      note.classList.toggle("wrong", wrong);
      note.textContent = wrong ? parsed.error.message : text;
      note.title = note.textContent;
    },
  };
}
