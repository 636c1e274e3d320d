import type { NodeView } from "#protocol";
import { type DrawnEdge, type DrawnView, flowsOf } from "./drawn-edge.ts";

/** More units than this of one application are not drawn one by one. */
const MAX_UNITS = 50;

/**
 * The view with the applications in `opened` drawn unit by unit. Each unit has its application's edges; where a path holds the place of
 * the unit's name (`/proxy/worker/{unit}/metrics`), the unit's own path stands there. Applications of one unit stay as they are.
 */
export function withOpenedUnits(view: DrawnView, opened: ReadonlySet<string>): DrawnView {
  const units = new Map<string, readonly NodeView[]>();
  for (const node of view.nodes)
    if (opened.has(node.id) && node.kind !== "group" && node.units > 1) units.set(node.id, unitsOf(node));
  if (units.size === 0) return view;
  return {
    ...view,
    nodes: view.nodes.flatMap((node) => units.get(node.id) ?? [node]),
    edges: view.edges.flatMap((edge) => unitEdges(edge, units)),
  };
}

function unitsOf(node: NodeView): readonly NodeView[] {
  const count = Math.min(node.units, MAX_UNITS);
  return Array.from({ length: count }, (_, index): NodeView => {
    const name = `${node.application}/${index}`;
    const last = index === count - 1 && node.units > count;
    return {
      ...node,
      id: `unit:${node.model}/${name}`,
      label: last ? `${name} and ${node.units - count} more` : name,
      units: last ? node.units - count + 1 : 1,
      members: [node.id],
    };
  });
}

function unitEdges(edge: DrawnEdge, units: ReadonlyMap<string, readonly NodeView[]>): readonly DrawnEdge[] {
  const sources = units.get(edge.source)?.map((unit) => unit.id) ?? [edge.source];
  const targets = units.get(edge.target)?.map((unit) => unit.id) ?? [edge.target];
  if (sources.length === 1 && targets.length === 1) return [edge];
  const inside = edge.source === edge.target;
  return sources.flatMap((source) =>
    targets.flatMap((target): DrawnEdge[] => {
      // Units of one application talk to each other, not to themselves.
      if (inside && source === target) return [];
      const worker = [source, target].find((id) => id.startsWith("unit:"));
      const id = `${edge.id}#${source}>${target}`;
      return [{ ...edge, id, source, target, flows: flowsOf(edge), ...ownPath(edge, worker) }];
    }),
  );
}

/** Metrics are fetched below the name of the worker's unit, with a dash for the slash. Other paths name units of backends. */
function ownPath(edge: DrawnEdge, unit: string | undefined): Partial<DrawnEdge> {
  if (unit === undefined || edge.telemetry !== "metrics" || !edge.paths?.some((path) => path.includes("{unit}")))
    return {};
  const name = unit.slice(unit.indexOf("/") + 1).replaceAll("/", "-");
  return {
    paths: edge.paths.map((path) => path.replaceAll("{unit}", name)),
    label: edge.label.replaceAll("{unit}", name),
  };
}
