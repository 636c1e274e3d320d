import { dependentMemo, type PyModule, type SourceFile } from "#syntax";
import { type DatabagWrite, databagWritesAt } from "./databag-writes.ts";
import { type BoundImport, importsAt } from "./imports.ts";
import { walkNode } from "./syntax-walk.ts";

/** What one Python file says by itself, whatever the rest of the charm is. */
export interface SourceFacts {
  /** Every import, in any scope (in functions and try blocks too), in source order. */
  readonly imports: readonly BoundImport[];
  readonly databagWrites: readonly DatabagWrite[];
}

const facts = dependentMemo<SourceFile, SourceFacts>();

/** The facts of a file, found in one walk. Cached by the file. */
export function sourceFacts(file: SourceFile, tree: PyModule): SourceFacts {
  return facts(file, [tree], () => factsIn(file, tree));
}

function factsIn(file: SourceFile, tree: PyModule): SourceFacts {
  const imports: BoundImport[] = [];
  const databagWrites: DatabagWrite[] = [];
  walkNode(tree, (node, around) => {
    if (node.kind === "import" || node.kind === "import-from")
      for (const each of importsAt(file, node, around)) imports.push(each);
    else if (node.kind === "assign" || node.kind === "call")
      for (const each of databagWritesAt(node, around)) databagWrites.push(each);
  });
  return { imports, databagWrites };
}
