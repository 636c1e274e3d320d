import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { MESH_BADGE } from "#picture";
import { Icon, NODE_ICONS } from "../page/icon.tsx";
import { CHANGE_NAMES } from "../view/wording.ts";
import type { LegendEntries } from "./legend-entries.ts";
import { LineSample } from "./line-sample.tsx";

interface LegendProps {
  readonly entries: LegendEntries;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly hideKind: (kind: string, hidden: boolean) => void;
}

/** The legend, which can be folded. It is the one place where kinds of lines are shown and hidden. */
export function Legend({ entries, open, toggle, hideKind }: LegendProps) {
  const id = useId();
  return (
    <section class={open ? "legend open" : "legend"} aria-label="Legend">
      <button class="legend-toggle" type="button" aria-controls={id} aria-expanded={open} onClick={toggle}>
        <Icon name="chevronDown" />
        Legend
      </button>
      <div class="legend-body" id={id} hidden={!open}>
        <Lines label="Flows" lines={entries.flows} hideKind={hideKind} />
        <Lines label="Relations without traffic" lines={entries.relations} hideKind={hideKind} />
        <List label="Verdicts">
          {entries.signs.includes("denied") ? (
            <Row key="denied" text="Denied">
              <span class="tag sign-denied">DENIED</span>
            </Row>
          ) : null}
          {entries.signs.includes("unknown") ? (
            <Row key="unknown" text="Can't tell from the source">
              <span class="tag">?</span>
            </Row>
          ) : null}
        </List>
        <List label="Changes">
          {entries.changes.map((change) => (
            <Row key={change} text={`flow ${CHANGE_NAMES[change].toLowerCase()}`}>
              <span class={`tag change-${change}`}>{change.toUpperCase()}</span>
            </Row>
          ))}
        </List>
        <List label="Applications">
          {entries.nodes.map((style) => (
            <Row key={style.kind} text={style.title}>
              <Icon name={NODE_ICONS[style.kind]} />
            </Row>
          ))}
          {entries.onMesh ? (
            <Row key="on-mesh" text="On the mesh">
              <svg class="mesh-sample" viewBox="0 0 14 14" aria-hidden="true">
                <path d={MESH_BADGE} />
              </svg>
            </Row>
          ) : null}
          {entries.placeholders ? (
            <Row key="placeholder" text="Any application over a relation">
              <span class="placeholder-sample" aria-hidden="true" />
            </Row>
          ) : null}
        </List>
      </div>
    </section>
  );
}

/** A list that is left out while it is empty. */
function List({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  const rows = [children].flat(2).filter((row) => row !== null && row !== undefined);
  return rows.length === 0 ? null : <ul aria-label={label}>{rows}</ul>;
}

function Row({ text, children }: { readonly text: string; readonly children: ComponentChildren }) {
  return (
    <li>
      {children}
      <span>{text}</span>
    </li>
  );
}

interface LinesProps {
  readonly label: string;
  readonly lines: LegendEntries["flows"];
  readonly hideKind: LegendProps["hideKind"];
}

function Lines({ label, lines, hideKind }: LinesProps) {
  return (
    <List label={label}>
      {lines.map(({ style, count, hidden }) => (
        <li key={style.kind}>
          <button
            type="button"
            class={hidden ? "legend-line off" : "legend-line"}
            name={`line-${style.kind}`}
            title={`${style.about} Click to ${hidden ? "show" : "hide"} these lines.`}
            aria-pressed={!hidden}
            onClick={() => hideKind(style.kind, !hidden)}
          >
            <LineSample kind={style.kind} />
            <span>{style.title}</span>
            <span class="count">{hidden ? "hidden" : count}</span>
          </button>
        </li>
      ))}
    </List>
  );
}
