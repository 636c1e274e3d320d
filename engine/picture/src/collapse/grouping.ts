import type { EdgeView, GraphView, NodeView } from "#protocol";

/** A way to divide the nodes: only groups of two and more are listed. */
export interface Grouping {
  readonly groups: readonly NodeView[];
}

/** The subjects of the picture are grouped last. */
const SUBJECTS: ReadonlySet<NodeView["kind"]> = new Set(["coordinator", "beacon"]);

/** Groupings of a view from the finest to the coarsest. */
export function* groupings(view: GraphView): Generator<Grouping> {
  const signatures = edgeSignatures(view);
  const among = (node: NodeView): boolean => !SUBJECTS.has(node.kind);
  const place = (node: NodeView): readonly string[] => [
    node.box,
    node.kind,
    String(node.onMesh),
    String(node.placeholder === true),
    String(node.openToAll === true),
  ];
  yield grouping(view, among, (node) => [...place(node), signatures.exact.get(node.id) ?? ""]);
  yield grouping(view, among, (node) => [...place(node), signatures.neighbours.get(node.id) ?? ""]);
  yield grouping(view, among, place);
  yield grouping(
    view,
    () => true,
    (node) => [node.box, String(node.onMesh)],
  );
  // Many small clusters: all coordinators of a model, all its workers… keep more of the shape than whole boxes would.
  yield grouping(
    view,
    () => true,
    (node) => [node.model, node.kind, String(node.onMesh)],
  );
  yield grouping(
    view,
    () => true,
    (node) => [node.box],
  );
  yield grouping(
    view,
    () => true,
    (node) => [node.model],
  );
  yield grouping(
    view,
    () => true,
    () => [],
  );
}

/** What the edges of each node say, without its own name: two nodes with equal signatures do the same. */
function edgeSignatures(view: GraphView): {
  readonly exact: ReadonlyMap<string, string>;
  readonly neighbours: ReadonlyMap<string, string>;
} {
  const exact = new Map<string, Set<string>>();
  const neighbours = new Map<string, Set<string>>();
  const add = (into: Map<string, Set<string>>, node: string, what: unknown): void => {
    const set = into.get(node) ?? new Set<string>();
    set.add(JSON.stringify(what));
    into.set(node, set);
  };
  for (const edge of view.edges) {
    const what = [
      edge.kind,
      edge.verdict,
      edge.interface,
      edge.ports,
      edge.methods,
      edge.paths,
      edge.grants,
      edge.change,
    ];
    add(exact, edge.source, ["to", edge.target, ...what]);
    add(exact, edge.target, ["from", edge.source, ...what]);
    add(neighbours, edge.source, ["to", edge.target]);
    add(neighbours, edge.target, ["from", edge.source]);
  }
  const texts = (from: Map<string, Set<string>>): Map<string, string> =>
    new Map([...from].map(([node, set]) => [node, [...set].sort().join("\n")]));
  return { exact: texts(exact), neighbours: texts(neighbours) };
}

function grouping(
  view: GraphView,
  among: (node: NodeView) => boolean,
  key: (node: NodeView) => readonly string[],
): Grouping {
  const parts = new Map<string, NodeView[]>();
  for (const node of view.nodes) {
    if (!among(node)) continue;
    const name = JSON.stringify(key(node));
    const part = parts.get(name);
    if (part) part.push(node);
    else parts.set(name, [node]);
  }
  const parents = new Map(view.boxes.map((box) => [box.id, box.parent]));
  return {
    groups: [...parts.values()].filter((part) => part.length > 1).map((part) => groupNode(part, parents)),
  };
}

/** The innermost box in which all of them stand; where there is none (several models), that of the first. */
function commonBox(part: readonly NodeView[], parents: ReadonlyMap<string, string | null>): string {
  const around = (box: string): string[] => {
    const chain: string[] = [];
    for (let at: string | null = box; at !== null && !chain.includes(at); at = parents.get(at) ?? null) chain.push(at);
    return chain;
  };
  const chains = [...new Set(part.map((node) => node.box))].map(around);
  return chains[0]?.find((box) => chains.every((chain) => chain.includes(box))) ?? part[0]?.box ?? "";
}

function groupNode(part: readonly NodeView[], parents: ReadonlyMap<string, string | null>): NodeView {
  const ordered = [...part].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const first = ordered[0] as NodeView;
  const kinds = new Set(part.map((node) => node.kind));
  const roots = new Set(part.map((node) => node.charmRoot));
  const [only] = kinds;
  const what = kinds.size === 1 && only !== undefined ? PLURALS[only] : "applications";
  return {
    id: `group:${first.box}/${kinds.size === 1 ? only : "mixed"}:${first.id}`,
    kind: "group",
    label: `${part.length} ${what}`,
    model: new Set(part.map((node) => node.model)).size === 1 ? first.model : "",
    application: "",
    units: part.reduce((sum, node) => sum + node.units, 0),
    roles: [...new Set(part.flatMap((node) => node.roles))].sort(),
    onMesh: part.every((node) => node.onMesh),
    ...(part.every((node) => node.placeholder) ? { placeholder: true } : {}),
    ...(part.every((node) => node.openToAll) ? { openToAll: true } : {}),
    box: commonBox(part, parents),
    charmRoot: roots.size === 1 ? first.charmRoot : null,
    members: ordered.map((node) => node.id),
    because: [],
  };
}

const PLURALS: Readonly<Record<NodeView["kind"], string>> = {
  coordinator: "coordinators",
  worker: "worker applications",
  application: "applications",
  backend: "telemetry backends",
  client: "clients",
  ingress: "ingresses",
  beacon: "beacons",
  group: "groups",
};

/** Whether an edge runs inside one group: it is then not drawn. */
export function runsInside(edge: EdgeView, groups: ReadonlySet<string>): boolean {
  return edge.source === edge.target && groups.has(edge.source);
}
