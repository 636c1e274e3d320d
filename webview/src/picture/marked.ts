import type { Marks } from "../view/shown-graph.ts";
import type { Scene, SceneItem } from "./scene.ts";

/** What is marked in the picture. */
export interface PictureMarks {
  readonly selected: string | null;
  /** Ids that are lit together with the selection, such as a telemetry path; null: the selection's own neighbours. */
  readonly lit: ReadonlySet<string> | null;
  /** What a find expression matches; null: there is none. */
  readonly found: Marks | null;
  /** What is under the editor's cursor. */
  readonly pointed: Marks;
}

/** Sets the classes and states of everything in a scene. What neither a search nor a selection is about fades. */
export function markScene(scene: Scene, marks: PictureMarks): void {
  const near = marks.lit ?? nearTo(scene, marks.selected);
  const matched = marks.found === null ? null : withEnds(scene, marks.found);
  for (const item of scene.items.values()) {
    const selected = item.id === marks.selected;
    const found = marks.found !== null && marked(marks.found, item);
    const aside = matched !== null ? !matched.has(item.id) : near !== null && !near.has(item.id);
    const lit = near?.has(item.id) ?? false;
    const classes = { selected, lit, found, aside, pointed: marked(marks.pointed, item) };
    for (const part of item.parts) for (const [name, on] of Object.entries(classes)) part.classList.toggle(name, on);
    item.element.setAttribute("aria-pressed", String(selected));
  }
}

function marked(marks: Marks, item: SceneItem): boolean {
  return (item.kind === "node" ? marks.nodes : marks.edges).has(item.id);
}

/** What is found, with the ends of found flows: a flow between two faded names says little. */
function withEnds(scene: Scene, found: Marks): ReadonlySet<string> {
  const all = new Set([...found.nodes, ...found.edges]);
  for (const edge of scene.graph.edges) if (found.edges.has(edge.id)) all.add(edge.source).add(edge.target);
  return all;
}

/** The selected element, its flows and their ends; null where nothing of the picture is selected. */
function nearTo(scene: Scene, selected: string | null): ReadonlySet<string> | null {
  const item = selected === null ? undefined : scene.items.get(selected);
  if (!item) return null;
  const near = new Set([item.id]);
  for (const edge of scene.graph.edges) {
    if (edge.id !== item.id && edge.source !== item.id && edge.target !== item.id) continue;
    near.add(edge.id).add(edge.source).add(edge.target);
  }
  return near;
}
