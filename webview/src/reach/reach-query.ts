import { type GraphView, type NodeView, type ReachQuery, reachQuerySchema } from "#protocol";

/** The fields of the form, as they were typed. */
export interface ReachFields {
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly via: "service" | "unit";
  readonly port: string;
  readonly method: string;
  readonly path: string;
}

/** The question of the fields, or the field that is wrong and why. */
export type ReadQuery =
  | { readonly ok: true; readonly query: ReachQuery }
  | { readonly ok: false; readonly field: keyof ReachFields; readonly message: string };

/** The applications of a graph without groups, sorted by name. */
export function askable(graph: GraphView): NodeView[] {
  return graph.nodes
    .filter((node) => node.kind !== "group" && node.application !== "")
    .sort((a, b) => a.application.localeCompare(b.application) || a.model.localeCompare(b.model));
}

/** Reads the form's fields against a graph. */
export function reachQuery(fields: ReachFields, graph: GraphView): ReadQuery {
  const end = (id: string) => graph.nodes.find((node) => node.id === id);
  const from = end(fields.from);
  const to = end(fields.to);
  if (!from) return { ok: false, field: "from", message: "Select the application that calls." };
  if (!to) return { ok: false, field: "to", message: "Select the application that is called." };
  const port = Number(fields.port.trim());
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    return { ok: false, field: "port", message: "A port is a number from 1 to 65535." };
  const path = fields.path.trim();
  if (path !== "" && !path.startsWith("/")) return { ok: false, field: "path", message: "A path begins with /." };
  const http = fields.via === "service";
  const query = {
    from: { application: from.application, model: from.model || null },
    to: { application: to.application, model: to.model || null },
    via: fields.via,
    port,
    method: http ? fields.method || null : null,
    path: http ? path || null : null,
  };
  const parsed = reachQuerySchema.safeParse(query);
  return parsed.success
    ? { ok: true, query: parsed.data }
    : { ok: false, field: "port", message: "This question is not valid." };
}

/** Fields for a flow of the graph: its address, its first port, method and path. Two ends without a flow: port 80 of the Service. */
export function fieldsFor(graph: GraphView, from: string | null, to: string | null): ReachFields {
  const edge =
    graph.edges.find((one) => one.source === from && one.target === to && one.kind !== "mesh") ??
    graph.edges.find(
      (one) => one.kind !== "mesh" && (from === null || one.source === from) && (to === null || one.target === to),
    );
  return {
    from: from ?? edge?.source ?? "",
    to: to ?? edge?.target ?? "",
    via: edge?.layer === "l4" ? "unit" : "service",
    port: String(edge?.ports?.[0] ?? 80),
    method: edge?.methods?.[0] ?? "",
    // Turns a path pattern into a path: `{unit}` becomes a unit's name, a wildcard becomes nothing.
    path: (edge?.paths?.[0] ?? "").replace(/\{[^{}]*\}/g, "unit-0").replace(/\*+/g, ""),
  };
}

/** The same question for the command line, for a page without a language server. */
export function commandFor(query: ReachQuery): string {
  const end = ({ application, model }: ReachQuery["from"]) =>
    quoted(model === null ? application : `${application}@${model}`);
  return [
    "charm-mesh can",
    `--from ${end(query.from)}`,
    `--to ${end(query.to)}`,
    `--via ${query.via}`,
    `--port ${query.port}`,
    query.method === null ? "" : `--method ${query.method}`,
    query.path === null ? "" : `--path ${quoted(query.path)}`,
    ".",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function quoted(text: string): string {
  return /^[\w@./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}
