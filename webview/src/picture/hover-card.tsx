import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { edgeStyle, flowsOf, nodeStyle } from "#picture";
import { graphIndex } from "../view/graph-index.ts";
import { counted, methodsText, pathsText, portsText, shortName, VERDICT_NAMES } from "../view/wording.ts";
import type { Scene } from "./scene.ts";

/** The element under the pointer, and the pointer's position in the pane. */
export interface Hovered {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

const DELAY = 350;
const OFFSET = 14;
/** Flows of one line that the card lists. */
const LISTED = 6;

/** A card beside the pointer with the first facts of the details pane. Screen readers skip it, because it only repeats. */
export function HoverCard({ hovered, scene }: { readonly hovered: Hovered | null; readonly scene: Scene }) {
  const [shown, setShown] = useState<Hovered | null>(null);
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    setShown(null);
    if (!hovered) return;
    const timer = setTimeout(() => setShown(hovered), DELAY);
    return () => clearTimeout(timer);
  }, [hovered?.id]);
  useLayoutEffect(() => {
    const element = card.current;
    const pane = element?.parentElement;
    if (!shown || !element || !pane) return;
    const left = Math.min(shown.x + OFFSET, pane.clientWidth - element.offsetWidth - 8);
    const below = shown.y + OFFSET;
    const top = below + element.offsetHeight > pane.clientHeight ? shown.y - element.offsetHeight - OFFSET : below;
    element.style.setProperty("left", `${Math.max(4, left)}px`);
    element.style.setProperty("top", `${Math.max(4, top)}px`);
  }, [shown]);
  const [title, ...lines] = shown ? cardLines(shown.id, scene) : [];
  if (title === undefined) return null;
  return (
    <div class="hover-card" aria-hidden="true" ref={card}>
      <div class="card-title">{title}</div>
      {lines.map((line) => (
        <div key={line} class="card-line">
          {line}
        </div>
      ))}
    </div>
  );
}

/** The card's title and lines; nothing for an element that is not in the picture. */
function cardLines(id: string, scene: Scene): readonly string[] {
  const index = graphIndex(scene.graph);
  const node = index.nodes.get(id);
  if (node) {
    const facts = [
      nodeStyle(node.kind).title,
      node.units === 1 ? "" : counted(node.units, "unit"),
      ...node.roles.map(shortName),
    ];
    return [shortName(node.label), facts.filter(Boolean).join(" · ")];
  }
  const edge = index.edges.get(id);
  if (!edge) return [];
  const end = (one: string) => shortName(index.nodes.get(one)?.label ?? one);
  const flows = flowsOf(edge);
  const title = `${end(edge.source)} ${edge.twoWay ? "↔" : "→"} ${end(edge.target)}`;
  const look = `${VERDICT_NAMES[edge.verdict]} · ${edgeStyle(edge.kind).title}`;
  if (flows.length > 1)
    return [
      title,
      `${look} · ${counted(flows.length, "flow")}`,
      ...flows.slice(0, LISTED).map((flow) => shortName(flow.label || flow.kind)),
      ...(flows.length > LISTED ? [`and ${flows.length - LISTED} more`] : []),
    ];
  const http = edge.layer === "l7" ? [`methods ${methodsText(edge)}`, `paths ${shortName(pathsText(edge))}`] : [];
  return [title, look, [edge.ports === null ? "all ports" : `ports ${portsText(edge)}`, ...http].join(" · ")];
}
