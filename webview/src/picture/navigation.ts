import { type Direction, neighbour, readingOrder } from "./neighbour.ts";
import type { Scene, SceneItem } from "./scene.ts";

/** A step of the focus through the picture. */
export type FocusStep =
  | { readonly kind: "move"; readonly direction: Direction }
  /** Round the flows of an application. */
  | { readonly kind: "flow"; readonly step: 1 | -1 }
  /** To an end of a flow. */
  | { readonly kind: "end"; readonly end: "source" | "target" }
  | { readonly kind: "first" }
  | { readonly kind: "last" };

/**
 * Where a step leads from an item; null: nowhere. `around` is the application whose flows are walked round; without any item yet,
 * every step leads to the first application. From a flow, a direction leads to the nearest application that way.
 */
export function steppedTo(
  scene: Pick<Scene, "nodes" | "items" | "graph">,
  at: SceneItem | null,
  step: FocusStep,
  around: string | null,
): SceneItem | null {
  const ordered = readingOrder(scene.nodes);
  if (step.kind === "last") return ordered.at(-1) ?? null;
  if (step.kind === "first" || !at) return ordered[0] ?? null;
  if (step.kind === "move") return neighbour(scene.nodes, at, step.direction);
  if (step.kind === "end") {
    const edge = scene.graph.edges.find((one) => one.id === at.id);
    return (edge && scene.items.get(step.end === "source" ? edge.source : edge.target)) ?? null;
  }
  const origin = at.kind === "node" ? at.id : around;
  const flows = scene.graph.edges.filter((edge) => edge.source === origin || edge.target === origin);
  const now = flows.findIndex((edge) => edge.id === at.id);
  const next = now < 0 ? (step.step === 1 ? 0 : flows.length - 1) : now + step.step;
  const flow = flows[(next + flows.length) % Math.max(1, flows.length)];
  return (flow && scene.items.get(flow.id)) ?? null;
}
