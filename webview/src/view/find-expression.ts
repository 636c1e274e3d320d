import type { GraphView } from "#protocol";
import type { GraphIndex } from "./graph-index.ts";
import type { Selection } from "./panel-view.ts";

/** The find expression that matches an element, and nothing else where names allow it; null: the graph doesn't hold the element. */
export function findExpression({ kind, id }: Selection, index: GraphIndex): string | null {
  const node = index.nodes.get(id);
  if (kind === "node" && node) {
    const name = `app = ${quoted(node.application || node.label)}`;
    return isUnique(node.application, index.graph) ? name : `${name} and model = ${quoted(node.model)}`;
  }
  const edge = index.edges.get(id);
  if (kind === "edge" && edge) {
    const end = (one: string) => quoted(index.nodes.get(one)?.label ?? one);
    const relation = edge.relation === null ? "" : ` and relation = ${quoted(edge.relation)}`;
    return `source = ${end(edge.source)} and target = ${end(edge.target)}${relation}`;
  }
  const box = index.boxes.get(id);
  if (kind === "box" && box) return `${box.kind === "model" ? "model" : "box"} = ${quoted(box.label)}`;
  return null;
}

/** A hide expression that hides one thing more. */
export function alsoHidden(hide: string, expression: string): string {
  const now = hide.trim();
  return now === "" ? expression : `${now} or (${expression})`;
}

function isUnique(application: string, graph: GraphView): boolean {
  return graph.nodes.filter((node) => node.application === application).length < 2;
}

/** A value of a find expression, in quotation marks where it would not be one word. */
function quoted(value: string): string {
  if (/^[\w./{}:-]+$/.test(value) && !/^(?:and|or|not|is|has)$/i.test(value)) return value;
  return value.includes("'") ? `"${value.replaceAll('"', "")}"` : `'${value}'`;
}
