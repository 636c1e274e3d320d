import type { Place, ReasonView } from "#protocol";
import { type Child, element } from "../page/element.ts";
import { type IconName, icon } from "../page/icon.ts";
import { placeText } from "../view/graph-index.ts";
import { shortName } from "../view/wording.ts";

/** What the details pane can ask for. */
export interface DetailsActions {
  select(kind: "node" | "edge" | "box", id: string): void;
  reveal(place: Place): void;
  /** Whether there is an editor to go to; else places are shown as text. */
  canReveal(): boolean;
  openLink(url: string): void;
  copy(text: string): void;
  expand(group: string): void;
  ask(from: string | null, to: string | null): void;
  addMeshSupport(): void;
}

/** A section with a heading. */
export function section(title: string, ...children: readonly Child[]): HTMLElement {
  return element("section", { class: "details-section" }, element("h3", {}, title), ...children);
}

/** Facts as a description list; facts without a value are left out. */
export function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  return element(
    "dl",
    { class: "facts" },
    ...rows
      .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
      .flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
}

/** A short word in a frame; `look` is a class for its colour, and an icon says the same without colour. */
export function chip(text: string, look = "", sign?: IconName): HTMLElement {
  return element("span", { class: `chip ${look}` }, sign ? icon(sign) : null, text);
}

/** Several values as code, one after another. */
export function codes(values: readonly string[]): HTMLElement {
  return element("span", { class: "codes" }, ...values.map((value) => element("code", {}, value)));
}

/** A sentence whose names stand between backticks, with those as code. */
export function prose(text: string): readonly Child[] {
  return text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? element("code", {}, part) : part));
}

/** A source line: a button that goes there, or its text where there is no editor. */
export function placeLink(place: Place, actions: DetailsActions): HTMLElement {
  const text = placeText(place);
  if (!actions.canReveal()) return element("code", { class: "place" }, text);
  return element(
    "button",
    { type: "button", class: "link place", title: `Go to ${text}`, onclick: () => actions.reveal(place) },
    icon("goToFile"),
    element("span", { class: "path" }, text),
  );
}

/** Why something is as it is, each reason with its source line or the guide that says so. */
export function reasonList(reasons: readonly ReasonView[], actions: DetailsActions): HTMLElement | null {
  if (reasons.length === 0) return null;
  return element(
    "ol",
    { class: "reasons" },
    ...reasons.map((reason) =>
      element(
        "li",
        {},
        element("span", { class: "reason" }, ...prose(reason.text)),
        reason.place ? placeLink(reason.place, actions) : null,
        reason.citation === null ? null : citation(reason.citation, actions),
      ),
    ),
  );
}

function citation(text: string, actions: DetailsActions): HTMLElement {
  if (!/^https:\/\//.test(text)) return element("cite", {}, text);
  return element(
    "button",
    { type: "button", class: "link", title: text, onclick: () => actions.openLink(text) },
    icon("linkExternal"),
    element("span", { class: "path" }, shortName(text.replace(/^https:\/\//, ""))),
  );
}
