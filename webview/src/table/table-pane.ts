import type { EdgeView, GraphView, NodeView, PolicyView } from "#protocol";
import { element, filled } from "../page/element.ts";
import { icon } from "../page/icon.ts";
import { type GraphIndex, graphIndex } from "../view/graph-index.ts";
import type { PanelView, Selection } from "../view/panel-view.ts";
import type { Marks } from "../view/shown-graph.ts";
import { readable, shortName } from "../view/wording.ts";
import { APPLICATION_COLUMNS, type Column, FLOW_COLUMNS, POLICY_COLUMNS, sortedRows, usedColumns } from "./columns.ts";

export interface TableActions {
  choose(selection: Selection, go: boolean): void;
  change(part: Partial<Pick<PanelView, "table" | "sort">>): void;
}

/** What the table shows. */
export interface TableContent {
  readonly graph: GraphView;
  readonly found: Marks | null;
  readonly pointed: Marks;
  /** Ids of what is selected; the flows of a line are all selected with it. */
  readonly selected: ReadonlySet<string>;
  readonly table: PanelView["table"];
  readonly sort: PanelView["sort"];
}

export interface TablePane {
  readonly element: HTMLElement;
  show(content: TableContent): void;
}

/** Rows shown at once; the rest comes on demand, since thousands of rows make a page slow. */
const PAGE = 200;

interface TableRow {
  readonly id: string;
}

/** The table twin of the picture: flows, applications and policies, to be sorted and filtered. */
export function tablePane(actions: TableActions): TablePane {
  const tabs = element("div", { class: "table-tabs", role: "group", "aria-label": "Table of" });
  const body = element("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" });
  const root = element("div", { class: "table-pane" }, tabs, body);
  let last: readonly unknown[] = [];
  let rowsShown = PAGE;

  const draw = <Row extends TableRow>(
    columns: readonly Column<Row>[],
    rows: readonly Row[],
    kind: "node" | "edge" | null,
    caption: string,
    content: TableContent,
    index: GraphIndex,
  ) => {
    const used = usedColumns(columns, rows, index);
    const sortColumn = used.find((column) => column.name === content.sort?.column);
    const descending = content.sort?.descending ?? false;
    const sorted = sortColumn ? sortedRows(rows, sortColumn, descending, index) : rows;
    const head = used.map((column) => {
      const sortedHere = column === sortColumn;
      return element(
        "th",
        { scope: "col", "aria-sort": sortedHere ? (descending ? "descending" : "ascending") : null },
        element(
          "button",
          {
            type: "button",
            name: `sort-${column.name}`,
            onclick: () => actions.change({ sort: { column: column.name, descending: sortedHere && !descending } }),
          },
          column.title,
          sortedHere ? icon(descending ? "arrowDown" : "arrowUp") : null,
        ),
      );
    });
    const marks = kind === "node" ? content.pointed.nodes : content.pointed.edges;
    const line = (row: Row) => {
      const selected = kind !== null && content.selected.has(row.id);
      const classes = [selected ? "selected" : "", kind !== null && marks.has(row.id) ? "pointed" : ""].filter(Boolean);
      return element(
        "tr",
        { class: classes.join(" ") || null, "data-row": row.id },
        ...used.map((column, at) => cell(row, column, at, selected, kind, index)),
      );
    };
    const lines = element("tbody", {}, ...sorted.slice(0, rowsShown).map(line));
    const rest = sorted.length - rowsShown;
    filled(
      body,
      element(
        "table",
        {},
        element("caption", { class: "unseen" }, caption),
        element("thead", {}, element("tr", {}, ...head)),
        lines,
      ),
      rows.length === 0
        ? element("p", { class: "quiet hint" }, content.found ? "Nothing matches." : "Nothing to list.")
        : null,
      rest > 0
        ? element(
            "button",
            {
              type: "button",
              class: "button more",
              onclick: () => {
                rowsShown += PAGE;
                last = [];
                show(content);
              },
            },
            `Show ${Math.min(PAGE, rest)} more of ${rest}`,
          )
        : null,
    );
  };

  const cell = <Row extends TableRow>(
    row: Row,
    column: Column<Row>,
    at: number,
    selected: boolean,
    kind: "node" | "edge" | null,
    index: GraphIndex,
  ): HTMLElement => {
    const full = column.text(row, index);
    const text = full === "" ? "" : shortName(full);
    const title = text === full ? null : full.slice(0, 2000);
    if (at > 0 || kind === null)
      return element(at === 0 ? "th" : "td", { class: column.look, title, scope: at === 0 ? "row" : null }, text);
    const { id } = row;
    return element(
      "th",
      { scope: "row" },
      element(
        "button",
        {
          type: "button",
          class: "link row-button",
          "aria-pressed": String(selected),
          title,
          onclick: () => actions.choose({ kind, id }, true),
        },
        text,
      ),
    );
  };

  const show = (content: TableContent): void => {
    const { graph, found, pointed, selected, table, sort } = content;
    const next = [graph, found, pointed, [...selected].join("\n"), table, sort?.column, sort?.descending];
    if (next.length === last.length && next.every((part, at) => part === last[at])) return;
    if (last[0] !== graph || last[4] !== table) rowsShown = PAGE;
    last = next;
    const index = graphIndex(graph);
    const edges = found ? graph.edges.filter((edge) => found.edges.has(edge.id)) : graph.edges;
    const nodes = found ? graph.nodes.filter((node) => found.nodes.has(node.id)) : graph.nodes;
    const policies = found ? policiesOf(edges, graph) : graph.policies;
    const active = document.activeElement;
    const focused = active instanceof HTMLElement && root.contains(active) ? active : null;
    const row = focused?.closest("[data-row]")?.getAttribute("data-row") ?? null;
    const name = focused?.getAttribute("name") ?? null;
    const tab = (value: PanelView["table"], title: string, count: number) =>
      element(
        "button",
        {
          type: "button",
          name: `table-${value}`,
          "aria-pressed": String(value === table),
          onclick: () => actions.change({ table: value, sort: null }),
        },
        title,
        " ",
        element("span", { class: "count" }, readable(count)),
      );
    filled(
      tabs,
      tab("flows", "Flows", edges.length),
      tab("applications", "Applications", nodes.length),
      tab("policies", "Policies", policies.length),
    );
    const top = body.scrollTop;
    const left = body.scrollLeft;
    if (table === "flows") draw<EdgeView>(FLOW_COLUMNS, edges, "edge", "Flows", content, index);
    else if (table === "applications")
      draw<NodeView>(APPLICATION_COLUMNS, nodes, "node", "Applications", content, index);
    else draw<PolicyView>(POLICY_COLUMNS, policies, null, "Policies", content, index);
    body.scrollTo(left, top);
    if (name !== null) root.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus();
    else if (row !== null)
      root.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"] .row-button`)?.focus({ preventScroll: true });
  };
  return { element: root, show };
}

function policiesOf(edges: readonly EdgeView[], graph: GraphView): PolicyView[] {
  const wanted = new Set(edges.flatMap((edge) => edge.policies));
  return graph.policies.filter((policy) => wanted.has(policy.id));
}
