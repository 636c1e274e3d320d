import type { PyAlias, PyModule, PyStatement, SourceFile } from "#syntax";
import type { ImportRecord } from "../charm-model.ts";
import { dottedText, walkModule } from "./syntax-walk.ts";

/** One import with the name that it binds, as the file's own record. */
export interface BoundImport extends ImportRecord {
  /** The name in the file: the alias, or the last or first part of what is imported. */
  readonly binding: string;
}

const records = new WeakMap<SourceFile, readonly BoundImport[]>();

/**
 * Every import of a file, wherever it stands (in functions and try blocks too), in source order. Relative imports keep
 * their dots (`.constants`). What stands below `if TYPE_CHECKING:` never runs and is told apart.
 */
export function importsOf(file: SourceFile, tree: PyModule): readonly BoundImport[] {
  const known = records.get(file);
  if (known) return known;
  const found: BoundImport[] = [];
  walkModule(tree, (node, around) => {
    if (node.kind !== "import" && node.kind !== "import-from") return;
    const typeCheckingOnly = around.some((each) => each.kind === "if" && guardsTypeChecking(each, node.span.start));
    if (node.kind === "import") {
      for (const alias of node.names)
        found.push({ ...plainImport(file, alias), statement: { file, span: node.span }, typeCheckingOnly });
    } else {
      const module = ".".repeat(node.level) + node.module.text;
      for (const alias of node.names) {
        found.push({
          module,
          name: alias.name.text,
          binding: (alias.as ?? alias.name).text,
          location: { file, span: alias.name.span },
          statement: { file, span: node.span },
          typeCheckingOnly,
        });
      }
    }
  });
  records.set(file, found);
  return found;
}

function plainImport(file: SourceFile, alias: PyAlias): Omit<BoundImport, "statement" | "typeCheckingOnly"> {
  const module = alias.name.text;
  return {
    module,
    name: null,
    binding: alias.as?.text ?? module.slice(0, module.indexOf(".") < 0 ? undefined : module.indexOf(".")),
    location: { file, span: alias.name.span },
  };
}

/** `if TYPE_CHECKING:` (https://docs.python.org/3/library/typing.html#typing.TYPE_CHECKING): its `then` part never runs. */
function guardsTypeChecking(statement: Extract<PyStatement, { kind: "if" }>, offset: number): boolean {
  const test = dottedText(statement.test);
  if (test !== "TYPE_CHECKING" && !test?.endsWith(".TYPE_CHECKING")) return false;
  return statement.then.some((each) => each.span.start <= offset && offset < each.span.end);
}
