import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { GraphView, PolicyView } from "#protocol";
import { Icon } from "../page/icon.tsx";
import { type GraphIndex, graphIndex } from "../view/graph-index.ts";
import type { PanelView, Selection } from "../view/panel-view.ts";
import type { Marks } from "../view/shown-graph.ts";
import { readable, shortName } from "../view/wording.ts";
import { APPLICATION_COLUMNS, type Column, FLOW_COLUMNS, POLICY_COLUMNS, sortedRows, usedColumns } from "./columns.ts";

interface TablePaneProps {
  readonly graph: GraphView;
  readonly found: Marks | null;
  readonly pointed: Marks;
  /** Ids of what is selected; all flows of a selected line. */
  readonly selected: ReadonlySet<string>;
  readonly table: PanelView["table"];
  readonly sort: PanelView["sort"];
  readonly select: (selection: Selection) => void;
  readonly go: (selection: Selection) => void;
  readonly change: (part: Partial<Pick<PanelView, "table" | "sort">>) => void;
}

const TITLES = { flows: "Flows", applications: "Applications", policies: "Policies" } as const;

/** The same as the picture as a table: flows, applications and policies, which can be sorted and filtered. */
export function TablePane(props: TablePaneProps) {
  const { graph, found, table, change } = props;
  const rows = useMemo(() => tableRows(graph, found), [graph, found]);
  return (
    <div class="table-pane">
      <div class="table-tabs" role="group" aria-label="Table of">
        {(Object.keys(TITLES) as (keyof typeof TITLES)[]).map((name) => (
          <button
            key={name}
            type="button"
            name={`table-${name}`}
            aria-pressed={name === table}
            onClick={() => change({ table: name, sort: null })}
          >
            {TITLES[name]} <span class="count">{readable(rows[name].length)}</span>
          </button>
        ))}
      </div>
      {table === "flows" ? (
        <Rows {...props} key={table} columns={FLOW_COLUMNS} rows={rows.flows} kind="edge" />
      ) : table === "applications" ? (
        <Rows {...props} key={table} columns={APPLICATION_COLUMNS} rows={rows.applications} kind="node" />
      ) : (
        <Rows {...props} key={table} columns={POLICY_COLUMNS} rows={rows.policies} kind={null} />
      )}
    </div>
  );
}

/** The rows of each table; of a search, only what it found. */
function tableRows(graph: GraphView, found: Marks | null) {
  // A relation of the mesh itself is no traffic: the table of applications names it.
  const traffic = graph.edges.filter((edge) => edge.kind !== "mesh");
  const flows = found ? traffic.filter((edge) => found.edges.has(edge.id)) : traffic;
  const wanted = new Set(flows.flatMap((edge) => edge.policies));
  const policies: readonly PolicyView[] = found
    ? graph.policies.filter((policy) => wanted.has(policy.id))
    : graph.policies;
  const applications = found ? graph.nodes.filter((node) => found.nodes.has(node.id)) : graph.nodes;
  return { flows, applications, policies };
}

/** Rows shown at once; thousands of rows make a page slow, so the rest comes on demand. */
const PAGE = 200;

interface RowsProps<Row> extends TablePaneProps {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** The kind of element that a row selects; null: rows can't be selected. */
  readonly kind: "node" | "edge" | null;
}

function Rows<Row extends { readonly id: string }>(props: RowsProps<Row>) {
  const { graph, found, columns, rows, table, sort, change } = props;
  const [shown, setShown] = useState(PAGE);
  const scrolled = useRef<HTMLDivElement>(null);
  const index = graphIndex(graph);
  const used = useMemo(() => usedColumns(columns, rows, index), [columns, rows, index]);
  const sortColumn = used.find((column) => column.name === sort?.column);
  const descending = sort?.descending ?? false;
  const sorted = useMemo(
    () => (sortColumn ? sortedRows(rows, sortColumn, descending, index) : rows),
    [rows, sortColumn, descending, index],
  );
  useLayoutEffect(() => setShown(PAGE), [graph]);
  const rest = sorted.length - shown;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Table" ref={scrolled}>
      <table>
        <caption class="unseen">{TITLES[table]}</caption>
        <thead>
          <tr>
            {used.map((column) => (
              <Head
                key={column.name}
                column={column}
                order={column === sortColumn ? (descending ? "descending" : "ascending") : undefined}
                sort={(next) => change({ sort: { column: column.name, descending: next } })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shown).map((row) => (
            <TableRow key={row.id} {...props} row={row} used={used} index={index} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p class="quiet hint">{found ? "Nothing matches." : "Nothing to list."}</p> : null}
      {rest > 0 ? (
        <button type="button" class="button more" onClick={() => setShown(shown + PAGE)}>
          Show {Math.min(PAGE, rest)} more of {rest}
        </button>
      ) : null}
    </div>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly order: "ascending" | "descending" | undefined;
  readonly sort: (descending: boolean) => void;
}

function Head<Row>({ column, order, sort }: HeadProps<Row>) {
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" name={`sort-${column.name}`} onClick={() => sort(order === "ascending")}>
        {column.title}
        {order ? <Icon name={order === "descending" ? "arrowDown" : "arrowUp"} /> : null}
      </button>
    </th>
  );
}

interface TableRowProps<Row> extends RowsProps<Row> {
  readonly row: Row;
  readonly used: readonly Column<Row>[];
  readonly index: GraphIndex;
}

/** Longest text of a cell's tooltip. */
const LONGEST_TITLE = 2000;

function TableRow<Row extends { readonly id: string }>(props: TableRowProps<Row>) {
  const { row, used, index, kind, pointed, selected, select, go } = props;
  const isSelected = kind !== null && selected.has(row.id);
  const isPointed = kind !== null && (kind === "node" ? pointed.nodes : pointed.edges).has(row.id);
  const target = kind === null ? null : { kind, id: row.id };
  return (
    <tr
      class={[isSelected ? "selected" : "", isPointed ? "pointed" : ""].filter(Boolean).join(" ") || undefined}
      data-row={row.id}
      onDblClick={target ? () => go(target) : undefined}
    >
      {used.map((column, at) => {
        const full = column.text(row, index);
        const text = full === "" ? "" : shortName(full);
        const title = text === full ? undefined : full.slice(0, LONGEST_TITLE);
        if (at > 0)
          return (
            <td key={column.name} class={column.look} title={title}>
              {text}
            </td>
          );
        if (!target)
          return (
            <th key={column.name} scope="row" class={column.look} title={title}>
              {text}
            </th>
          );
        return (
          <th key={column.name} scope="row">
            <button
              type="button"
              class="link row-button"
              aria-pressed={isSelected}
              title={title}
              onClick={() => select(target)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                go(target);
              }}
            >
              {text}
            </button>
          </th>
        );
      })}
    </tr>
  );
}
