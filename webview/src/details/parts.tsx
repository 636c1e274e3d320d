import type { ComponentChildren } from "preact";
import type { Place, ReasonView } from "#protocol";
import { Icon, type IconName } from "../page/icon.tsx";
import { placeText } from "../view/graph-index.ts";
import type { Selection } from "../view/panel-view.ts";
import type { ReachDirection } from "../view/reachable.ts";
import { shortName } from "../view/wording.ts";

/** What the sidebar's panes can ask for. */
export interface DetailsActions {
  select(selection: Selection): void;
  reveal(place: Place): void;
  /** Whether there is an editor to go to; else places are shown as text. */
  readonly canReveal: boolean;
  openLink(url: string): void;
  copy(text: string): void;
  /** Opens a group, or a line of several flows. */
  expand(id: string): void;
  /** Opens the form that checks one flow. */
  check(from: string, to: string): void;
  /** Lists what an application can reach, or who can reach it. */
  reach(id: string, direction: ReachDirection): void;
  addMeshSupport(): void;
}

/** A section with a heading. */
export function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="details-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** A name and its value in a list of facts. */
export type Fact = readonly [name: string, value: ComponentChildren];

/** Facts as a description list; facts without a value are left out. */
export function Facts({ rows }: { readonly rows: readonly Fact[] }) {
  return (
    <dl class="facts">
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
        .map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
    </dl>
  );
}

interface ChipProps {
  readonly text: string;
  /** A class for its colour. */
  readonly look?: string;
  /** An icon, which says the same as the colour. */
  readonly icon?: IconName;
}

/** A short word in a frame. */
export function Chip({ text, look = "", icon }: ChipProps) {
  return (
    <span class={`chip ${look}`}>
      {icon ? <Icon name={icon} /> : null}
      {text}
    </span>
  );
}

/** Several values as code, one after another. */
export function Codes({ values }: { readonly values: readonly string[] }) {
  return (
    <span class="codes">
      {values.map((value) => (
        <code key={value}>{value}</code>
      ))}
    </span>
  );
}

/** A sentence in which names between backticks are code. */
function Prose({ text }: { readonly text: string }) {
  return (
    <span class="reason">
      {text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}
    </span>
  );
}

/** A source line: a button that goes there, or its text where there is no editor. */
export function PlaceLink({ place, actions }: { readonly place: Place; readonly actions: DetailsActions }) {
  const text = placeText(place);
  if (!actions.canReveal) return <code class="place">{text}</code>;
  return (
    <button type="button" class="link place" title={`Open source: ${text}`} onClick={() => actions.reveal(place)}>
      <Icon name="goToFile" />
      <span class="path">{text}</span>
    </button>
  );
}

interface ReasonListProps {
  readonly reasons: readonly ReasonView[];
  readonly actions: DetailsActions;
}

/** Reasons, each with its source line or the document that it cites. */
export function ReasonList({ reasons, actions }: ReasonListProps) {
  if (reasons.length === 0) return null;
  return (
    <ol class="reasons">
      {reasons.map((reason) => (
        <li key={reasonKey(reason)}>
          <Prose text={reason.text} />
          {reason.place ? <PlaceLink place={reason.place} actions={actions} /> : null}
          {reason.citation === null ? null : <Citation text={reason.citation} actions={actions} />}
        </li>
      ))}
    </ol>
  );
}

/** A text that is equal for equal reasons. */
export function reasonKey({ text, place, citation }: ReasonView): string {
  return JSON.stringify([text, place?.path, place?.line, citation]);
}

function Citation({ text, actions }: { readonly text: string; readonly actions: DetailsActions }) {
  if (!/^https:\/\//.test(text)) return <cite>{text}</cite>;
  return (
    <button type="button" class="link" title={text} onClick={() => actions.openLink(text)}>
      <Icon name="linkExternal" />
      <span class="path">{shortName(text.replace(/^https:\/\//, ""))}</span>
    </button>
  );
}

interface LinkButtonProps {
  readonly icon?: IconName;
  readonly text: string;
  readonly run: () => void;
}

/** A button that looks like a link, with an icon. */
export function LinkButton({ icon, text, run }: LinkButtonProps) {
  return (
    <button type="button" class="link" onClick={run}>
      {icon ? <Icon name={icon} /> : null}
      {text}
    </button>
  );
}
