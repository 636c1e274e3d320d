import { dependentMemo, type PyModule, type SourceFile } from "#syntax";
import { conceptOf } from "../catalog/library-names.ts";
import type { MethodMember } from "../declared-policy.ts";
import { sourceFacts } from "./source-facts.ts";
import { dottedText, walkNode } from "./syntax-walk.ts";

const members = dependentMemo<SourceFile, readonly MethodMember[]>();

/** Every `Method.x` of a file in which the mesh library's `Method` is imported, under whatever name. */
export function methodMembersOf(file: SourceFile, tree: PyModule): readonly MethodMember[] {
  return members(file, [tree], () => membersIn(file, tree));
}

function membersIn(file: SourceFile, tree: PyModule): readonly MethodMember[] {
  const enums = new Set<string>();
  for (const record of sourceFacts(file, tree).imports) {
    if (record.name !== null && conceptOf(`${record.module}.${record.name}`) === "Method") enums.add(record.binding);
    if (record.name !== null && conceptOf(`${record.module}.${record.name}.Method`) === "Method")
      enums.add(`${record.binding}.Method`);
    if (record.name === null && conceptOf(`${record.module}.Method`) === "Method")
      enums.add(`${record.binding === record.module.split(".")[0] ? record.module : record.binding}.Method`);
  }
  const found: MethodMember[] = [];
  if (enums.size > 0) {
    walkNode(tree, (node) => {
      if (node.kind !== "attribute") return;
      const object = dottedText(node.object);
      if (object !== null && enums.has(object))
        found.push({ name: node.name.text, location: { file, span: node.name.span } });
    });
  }
  return found;
}
