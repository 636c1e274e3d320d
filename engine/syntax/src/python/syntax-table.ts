import type { Tree } from "web-tree-sitter";
import type { Kinds } from "./kinds.ts";

/**
 * A tree-sitter tree laid flat, parents before children: node `i` has its first child at `i + 1` (when `next[i] > i + 1`)
 * and its next sibling at `next[i]` (while that is below the parent's `next`). Offsets are UTF-16.
 */
export interface SyntaxTable {
  readonly count: number;
  readonly type: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly field: Int32Array;
  readonly next: Int32Array;
  /** Whether tree-sitter met anything that it could not parse, or had to invent a token. */
  readonly hasError: boolean;
}

/**
 * What we call of web-tree-sitter's WebAssembly module directly. Its public TreeCursor copies the cursor in and out of
 * WebAssembly's memory at every step, which costs as much as the parse itself; the module's own functions leave the cursor
 * where it is, in a transfer buffer. Held to the public cursor's answers by test/syntax/syntax-table.test.ts; web-tree-sitter
 * is pinned to one version. (https://github.com/tree-sitter/tree-sitter/blob/v0.27.1/lib/binding_web/lib/tree-sitter.c)
 */
export interface TreeSitterRuntime {
  readonly _ts_tree_root_node_wasm: (tree: number) => void;
  readonly _ts_node_has_error_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_new_wasm: (tree: number) => void;
  readonly _ts_tree_cursor_delete_wasm: (tree: number) => void;
  readonly _ts_tree_cursor_goto_first_child_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_goto_next_sibling_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_goto_parent_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_current_node_type_id_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_current_field_id_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_start_index_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_end_index_wasm: (tree: number) => number;
}

interface Columns {
  type: Int32Array;
  start: Int32Array;
  end: Int32Array;
  field: Int32Array;
  next: Int32Array;
}

const columns: Columns = emptyColumns(1 << 14);

function emptyColumns(size: number): Columns {
  return {
    type: new Int32Array(size),
    start: new Int32Array(size),
    end: new Int32Array(size),
    field: new Int32Array(size),
    next: new Int32Array(size),
  };
}

function grow(): void {
  const larger = emptyColumns(columns.type.length * 2);
  for (const name of ["type", "start", "end", "field", "next"] as const) {
    larger[name].set(columns[name]);
    columns[name] = larger[name];
  }
}

/** The table of a tree; it is overwritten by the next call. */
export function readTable(runtime: TreeSitterRuntime, tree: Tree, kinds: Kinds): SyntaxTable {
  const address = (tree as unknown as Record<number, number>)[0] ?? 0;
  runtime._ts_tree_root_node_wasm(address);
  const hasError = runtime._ts_node_has_error_wasm(address) === 1;
  runtime._ts_tree_root_node_wasm(address);
  runtime._ts_tree_cursor_new_wasm(address);
  const count = fill(runtime, address, kinds);
  runtime._ts_tree_cursor_delete_wasm(address);
  return { count, hasError, ...columns };
}

/** Walks the whole tree without recursion, so that no nesting is too deep. */
function fill(runtime: TreeSitterRuntime, tree: number, kinds: Kinds): number {
  const open: number[] = [];
  let count = 0;
  for (;;) {
    const type = runtime._ts_tree_cursor_current_node_type_id_wasm(tree);
    if (kinds.skipped[type] !== 1) {
      if (count === columns.type.length) grow();
      columns.type[count] = type;
      columns.start[count] = runtime._ts_tree_cursor_start_index_wasm(tree);
      columns.end[count] = runtime._ts_tree_cursor_end_index_wasm(tree);
      columns.field[count] = runtime._ts_tree_cursor_current_field_id_wasm(tree);
      if (kinds.closed[type] !== 1 && runtime._ts_tree_cursor_goto_first_child_wasm(tree) === 1) {
        open.push(count++);
        continue;
      }
      columns.next[count] = count + 1;
      count++;
    }
    while (runtime._ts_tree_cursor_goto_next_sibling_wasm(tree) !== 1) {
      const parent = open.pop();
      if (parent === undefined) return count;
      columns.next[parent] = count;
      runtime._ts_tree_cursor_goto_parent_wasm(tree);
    }
  }
}
