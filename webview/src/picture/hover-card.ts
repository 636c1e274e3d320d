import { edgeStyle, flowsOf, nodeStyle } from "#picture";
import { element, filled } from "../page/element.ts";
import { graphIndex } from "../view/graph-index.ts";
import { counted, methodsText, pathsText, portsText, shortName, VERDICT_NAMES } from "../view/wording.ts";
import type { Scene, SceneItem } from "./scene.ts";

const DELAY = 350;
const OFFSET = 14;
/** Flows of one line that the card lists. */
const LISTED = 6;

/** A card beside the pointer with what the details pane would say first. It only repeats, so screen readers don't meet it. */
export function hoverCard(pane: HTMLElement): {
  over(item: SceneItem | null, scene: Scene | null, at: { x: number; y: number }): void;
  hide(): void;
} {
  const card = element("div", { class: "hover-card hidden", "aria-hidden": "true" });
  pane.append(card);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: string | null = null;
  const hide = () => {
    clearTimeout(timer);
    current = null;
    card.classList.add("hidden");
  };
  return {
    hide,
    over: (item, scene, at) => {
      if (!item || !scene) {
        hide();
        return;
      }
      if (current === item.id) return;
      hide();
      current = item.id;
      timer = setTimeout(() => {
        filled(card, ...cardLines(item, scene));
        card.classList.remove("hidden");
        const room = pane.getBoundingClientRect();
        const left = Math.min(at.x - room.left + OFFSET, room.width - card.offsetWidth - 8);
        const below = at.y - room.top + OFFSET;
        const top = below + card.offsetHeight > room.height ? at.y - room.top - card.offsetHeight - OFFSET : below;
        card.style.setProperty("left", `${Math.max(4, left)}px`);
        card.style.setProperty("top", `${Math.max(4, top)}px`);
      }, DELAY);
    },
  };
}

function cardLines(item: SceneItem, scene: Scene): HTMLElement[] {
  const index = graphIndex(scene.graph);
  const line = (className: string, text: string) => element("div", { class: className }, text);
  const node = index.nodes.get(item.id);
  if (node) {
    const facts = [
      nodeStyle(node.kind).title,
      node.units === 1 ? "" : counted(node.units, "unit"),
      ...node.roles.map(shortName),
    ];
    return [line("card-title", shortName(node.label)), line("card-line", facts.filter(Boolean).join(" · "))];
  }
  const edge = index.edges.get(item.id);
  if (!edge) return [];
  const end = (id: string) => shortName(index.nodes.get(id)?.label ?? id);
  const flows = flowsOf(edge);
  const title = line("card-title", `${end(edge.source)} ${edge.twoWay ? "↔" : "→"} ${end(edge.target)}`);
  const look = `${VERDICT_NAMES[edge.verdict]} · ${edgeStyle(edge.kind).title}`;
  if (flows.length > 1)
    return [
      title,
      line("card-line", `${look} · ${counted(flows.length, "flow")}`),
      ...flows.slice(0, LISTED).map((flow) => line("card-line", shortName(flow.label || flow.kind))),
      ...(flows.length > LISTED ? [line("card-line", `and ${flows.length - LISTED} more`)] : []),
    ];
  const http = edge.layer === "l7" ? [`methods ${methodsText(edge)}`, `paths ${shortName(pathsText(edge))}`] : [];
  return [
    title,
    line("card-line", look),
    line("card-line", [edge.ports === null ? "all ports" : `ports ${portsText(edge)}`, ...http].join(" · ")),
  ];
}
