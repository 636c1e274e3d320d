import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../page/icon.tsx";

/** What fills the pane where there is no picture. */
export type FullState =
  | { readonly kind: "loading"; readonly text: string }
  | { readonly kind: "empty"; readonly text: string; readonly restart: (() => void) | null }
  | { readonly kind: "nothing-left"; readonly reset: () => void }
  | { readonly kind: "error"; readonly text: string; readonly again: () => void; readonly table: () => void };

/** Longest error text that is shown. */
const LONGEST_ERROR = 4000;

/** The states without a picture. Each says what is the case, why, and what to do next. */
export function FullStatePane({ state }: { readonly state: FullState | null }) {
  return state === null ? null : (
    <div class="full-state">
      <Content state={state} />
    </div>
  );
}

function Content({ state }: { readonly state: FullState }) {
  switch (state.kind) {
    case "loading":
      return (
        <>
          <div class="skeleton" aria-hidden="true">
            {["a", "b", "c", "d", "e"].map((name) => (
              <span key={name} class={`bone bone-${name}`} />
            ))}
          </div>
          <p class="quiet" role="status">
            {state.text}
          </p>
        </>
      );
    case "empty":
      return (
        <Explained icon="graph" title="Nothing to draw yet" text={state.text}>
          <ul class="steps-next">
            <li>
              Open a folder with a charm: one with a <code>charmcraft.yaml</code> or <code>metadata.yaml</code>.
            </li>
            <li>
              Add a <code>bundle.yaml</code> or a <code>mesh-topology.yaml</code> to see a whole deployment.
            </li>
          </ul>
          {state.restart ? <Button title="Restart the language server" run={state.restart} /> : null}
        </Explained>
      );
    case "nothing-left":
      return (
        <Explained
          icon="eyeClosed"
          title="Everything is hidden"
          text="The hide expression and the hidden kinds of lines leave nothing to draw."
        >
          <Button title="Show everything" run={state.reset} primary />
        </Explained>
      );
    case "error":
      return (
        <Explained
          icon="warning"
          title="This picture can't be drawn"
          text="Laying out the picture failed. The table shows the whole graph. A smaller graph often works: hide or group some of it."
        >
          <details>
            <summary>What happened</summary>
            <pre tabIndex={0} role="region" aria-label="What happened">
              <code>{state.text.slice(0, LONGEST_ERROR)}</code>
            </pre>
          </details>
          <p class="actions">
            <Button title="Show the table" run={state.table} primary />
            <Button title="Try again" run={state.again} />
          </p>
        </Explained>
      );
  }
}

interface ExplainedProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly children: ComponentChildren;
}

function Explained({ icon, title, text, children }: ExplainedProps) {
  return (
    <>
      <div class="sign">
        <Icon name={icon} />
      </div>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </>
  );
}

interface ButtonProps {
  readonly title: string;
  readonly run: () => void;
  readonly primary?: boolean;
}

function Button({ title, run, primary = false }: ButtonProps) {
  return (
    <button type="button" class={primary ? "button primary" : "button"} onClick={run}>
      {title}
    </button>
  );
}
