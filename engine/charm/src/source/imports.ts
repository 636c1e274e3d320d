import type { PyAlias, PyStatement, SourceFile } from "#syntax";
import type { ImportRecord } from "../charm-model.ts";
import { dottedText, type PyNode } from "./syntax-walk.ts";

/** One import with the name that it binds. */
export interface BoundImport extends ImportRecord {
  /** The name in the file: the alias, or the last or first part of what is imported. */
  readonly binding: string;
}

type Import = Extract<PyStatement, { kind: "import" | "import-from" }>;

/**
 * The names of one import statement. Relative imports keep their dots (`.constants`). Imports below
 * `if TYPE_CHECKING:` never run and are marked.
 */
export function importsAt(file: SourceFile, node: Import, around: readonly PyNode[]): readonly BoundImport[] {
  const typeCheckingOnly = around.some((each) => each.kind === "if" && guardsTypeChecking(each, node.span.start));
  const statement = { file, span: node.span };
  return node.names.map((alias) => {
    const taken = node.kind === "import" ? plainImport(alias) : nameFrom(node, alias);
    return { ...taken, location: { file, span: alias.name.span }, statement, typeCheckingOnly };
  });
}

type Taken = Pick<BoundImport, "module" | "name" | "binding">;

function nameFrom(node: Extract<Import, { kind: "import-from" }>, alias: PyAlias): Taken {
  return {
    module: ".".repeat(node.level) + node.module.text,
    name: alias.name.text,
    binding: (alias.as ?? alias.name).text,
  };
}

function plainImport(alias: PyAlias): Taken {
  const module = alias.name.text;
  const dot = module.indexOf(".");
  return { module, name: null, binding: alias.as?.text ?? (dot < 0 ? module : module.slice(0, dot)) };
}

/** `if TYPE_CHECKING:` (https://docs.python.org/3/library/typing.html#typing.TYPE_CHECKING): its `then` part never runs. */
function guardsTypeChecking(statement: Extract<PyStatement, { kind: "if" }>, offset: number): boolean {
  const test = dottedText(statement.test);
  if (test !== "TYPE_CHECKING" && !test?.endsWith(".TYPE_CHECKING")) return false;
  return statement.then.some((each) => each.span.start <= offset && offset < each.span.end);
}
