import type { ComponentChildren } from "preact";
import { type DrawnEdge, edgeStyle } from "#picture";
import type { EdgeView, NodeView, PolicyView } from "#protocol";
import { Icon } from "../page/icon.tsx";
import type { GraphIndex } from "../view/graph-index.ts";
import {
  CHANGE_NAMES,
  HOP_NAMES,
  identityOf,
  layerName,
  methodLines,
  pathLines,
  portsText,
  shortName,
  VERDICT_NAMES,
} from "../view/wording.ts";
import {
  Chip,
  Codes,
  type DetailsActions,
  type Fact,
  Facts,
  LinkButton,
  ReasonList,
  reasonKey,
  Section,
} from "./parts.tsx";
import { PolicyList } from "./policy-list.tsx";

const VERDICT_ICONS = { allowed: "pass", denied: "circleSlash", unknown: "question" } as const;

/** The chip of a verdict: word, icon and colour say the same. */
export function VerdictChip({ verdict }: { readonly verdict: EdgeView["verdict"] }) {
  return <Chip text={VERDICT_NAMES[verdict]} look={`verdict-${verdict}`} icon={VERDICT_ICONS[verdict]} />;
}

/** Chips for what a line says at a glance; `children` follow the verdict. */
export function FlowChips({ edge, children }: { readonly edge: EdgeView; readonly children?: ComponentChildren }) {
  return (
    <p class="chips">
      <VerdictChip verdict={edge.verdict} />
      {edge.change === null ? null : <Chip text={CHANGE_NAMES[edge.change]} look={`change-${edge.change}`} />}
      {children}
      {edge.layer === null ? null : <Chip text={layerName(edge.layer)} />}
      {edge.crossModel ? <Chip text="Cross-model" /> : null}
    </p>
  );
}

interface FlowProps {
  readonly edge: EdgeView;
  readonly index: GraphIndex;
  readonly actions: DetailsActions;
}

/** The heading of a flow: its two ends, each a button that selects its application. */
export function FlowHeading({ edge, index, actions }: FlowProps & { readonly edge: DrawnEdge }) {
  const end = (id: string) => (
    <button type="button" class="link end" onClick={() => actions.select({ kind: "node", id })}>
      {shortName(index.nodes.get(id)?.label ?? id)}
    </button>
  );
  return (
    <h2>
      {end(edge.source)}
      <Icon name={edge.twoWay ? "arrowBoth" : "arrowRight"} />
      <span class="unseen">{edge.twoWay ? " and " : " to "}</span>
      {end(edge.target)}
    </h2>
  );
}

/** What a kind of line means. */
export function KindSentence({ edge }: { readonly edge: EdgeView }) {
  const style = edgeStyle(edge.kind);
  return (
    <p class="quiet">
      {style.title}. {style.about}
    </p>
  );
}

/** The identities at both ends, as facts. */
export function identityRows(edge: EdgeView, index: GraphIndex): readonly Fact[] {
  const identity = (node: NodeView | undefined) => {
    if (!node || node.kind === "group") return null;
    const name = identityOf(node);
    return name === null ? "none: not on the mesh" : <code>{name}</code>;
  };
  return [
    ["Source identity", identity(index.nodes.get(edge.source))],
    ["Target identity", identity(index.nodes.get(edge.target))],
  ];
}

/** What flows, as facts. */
export function flowRows(edge: EdgeView): readonly Fact[] {
  const http = edge.layer === "l7";
  return [
    ["Address", http ? "Service (through the waypoint)" : edge.layer === "l4" ? "pods (ztunnel only)" : null],
    [
      "Ports",
      edge.ports === null || edge.ports.length === 0 ? portsText(edge) : <Codes values={edge.ports.map(String)} />,
    ],
    ["Methods", edge.methods || http ? restricted(edge.methods, methodLines(edge)) : null],
    ["Paths", edge.paths || http ? restricted(edge.paths, pathLines(edge)) : null],
    ["Scheme", edge.scheme],
    ["Telemetry", edge.telemetry],
    ["Route", edge.hop === null ? null : HOP_NAMES[edge.hop]],
    ["Relation", edge.relation === null ? null : <code>{edge.relation}</code>],
    ["Interface", edge.interface === null ? null : <code>{edge.interface}</code>],
  ];
}

/** Values as code; where they differ by port, one line per port. */
function restricted(values: readonly string[] | null, lines: readonly string[]): ComponentChildren {
  if (lines.length > 1)
    return lines.map((line) => (
      <span key={line} class="grant">
        {line}
      </span>
    ));
  return values ? <Codes values={values} /> : (lines[0] ?? null);
}

/** A button that opens the form with this flow's ends. */
export function CheckButton({ edge, actions }: Omit<FlowProps, "index">) {
  return <LinkButton icon="question" text="Check this flow…" run={() => actions.check(edge.source, edge.target)} />;
}

/** The policies of a flow with their manifests, and those of its reasons that no policy repeats. */
export function FlowGrounds({ edge, index, actions }: FlowProps) {
  const policies = edge.policies.flatMap((id) => index.policies.get(id) ?? ([] as PolicyView[]));
  const none = edge.verdict === "denied" ? "No policy allows this flow." : "No policy of its own.";
  const shown = new Set(policies.flatMap((policy) => policy.because.map(reasonKey)));
  const reasons = edge.because.filter((reason) => !shown.has(reasonKey(reason)));
  return (
    <>
      <Section title={policies.length === 1 ? "Policy" : `Policies (${policies.length})`}>
        {policies.length === 0 ? <p class="quiet">{none}</p> : <PolicyList policies={policies} actions={actions} />}
      </Section>
      {reasons.length === 0 ? null : (
        <Section title="Because">
          <ReasonList reasons={reasons} actions={actions} />
        </Section>
      )}
    </>
  );
}

/** The facts of one flow, in a section of their own. */
export function FlowSection({ edge, index, actions }: FlowProps) {
  return (
    <Section title="Flow">
      <Facts rows={[...identityRows(edge, index), ...flowRows(edge)]} />
      <p class="actions">
        <CheckButton edge={edge} actions={actions} />
      </p>
    </Section>
  );
}
