import type { EdgeView, GraphView, NodeView } from "#protocol";

/** More units than this of one application are not drawn one by one. */
const MAX_UNITS = 50;

/**
 * The view with the applications in `opened` drawn unit by unit. Each unit has its application's edges; where a path holds the place of
 * the unit's name (`/proxy/worker/{unit}/metrics`), the unit's own path stands there. Applications of one unit stay as they are.
 */
export function withOpenedUnits(view: GraphView, opened: ReadonlySet<string>): GraphView {
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
    };
  });
}

function unitEdges(edge: EdgeView, units: ReadonlyMap<string, readonly NodeView[]>): readonly EdgeView[] {
  const sources = units.get(edge.source)?.map((unit) => unit.id) ?? [edge.source];
  const targets = units.get(edge.target)?.map((unit) => unit.id) ?? [edge.target];
  if (sources.length === 1 && targets.length === 1) return [edge];
  const inside = edge.source === edge.target;
  return sources.flatMap((source) =>
    targets.flatMap((target): EdgeView[] => {
      // Units of one application talk to each other, not to themselves.
      if (inside && source === target) return [];
      const worker = [source, target].find((id) => id.startsWith("unit:"));
      return [{ ...edge, id: `${edge.id}#${source}>${target}`, source, target, ...ownPath(edge, worker) }];
    }),
  );
}

/** Metrics are fetched below the name of the worker's unit, with a dash for the slash. Other paths name units of backends. */
function ownPath(edge: EdgeView, unit: string | undefined): Partial<EdgeView> {
  if (unit === undefined || edge.telemetry !== "metrics" || !edge.paths?.some((path) => path.includes("{unit}")))
    return {};
  const name = unit.slice(unit.indexOf("/") + 1).replaceAll("/", "-");
  return {
    paths: edge.paths.map((path) => path.replaceAll("{unit}", name)),
    label: edge.label.replaceAll("{unit}", name),
  };
}
