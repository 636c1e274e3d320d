import type { CharmModel, ConsumerCall } from "#charm";
import { knownValue } from "#python";
import type { FileEdit, PyExpression, PyModule, PyStatement, SourceFile, TextEdit } from "#syntax";
import { span } from "#syntax";
import { editsOf, merged } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { settingMeshKeys } from "./mesh-key-edits.ts";
import { appendedItem, bracketsOf, removedStatement } from "./python-edits.ts";
import { callAt, functionAround, nodesAround, textAt, visitPython } from "./python-tree.ts";

type Facts = Pick<CharmFacts, "wiring" | "declared" | "metadata" | "python"> & {
  readonly coordinator: NonNullable<CharmModel["coordinator"]>;
};

const ARGUMENT = "charm_mesh_policies";
const CLASS = "ServiceMeshConsumer";

/**
 * Hands to the coordinator what a consumer beside it was made for: its policies, and the three mesh keys where they are not set.
 * null where that is no matter of text: the consumer is used further on, made under a condition or with arguments that
 * Coordinator has no place for, its policies mean nothing where the coordinator is made, or the coordinator has policies
 * or no telemetry proxy (its own findings would follow).
 */
export function coordinatorInstead(consumer: ConsumerCall, facts: Facts): FileEdit[] | null {
  const { coordinator, wiring, python } = facts;
  const { file } = consumer.call;
  if (file !== coordinator.call.file || coordinator.argumentsOpen || consumer.argumentsOpen) return null;
  if (wiring.coordinator !== "all" && wiring.coordinator !== "none") return null;
  if (knownValue(coordinator.telemetryProxy) === null || consumer.arguments.has("auto_join")) return null;
  const module = python.module(file);
  const statement = statementOf(consumer, coordinator.call.span.start, module, python.own);
  const call = callAt(module, coordinator.call);
  const brackets = call && bracketsOf(file, call);
  if (!statement || !brackets) return null;
  const policies = consumer.arguments.get("policies");
  if (policies && (coordinator.arguments.has(ARGUMENT) || !meansSame(policies.span, module))) return null;
  const keys = wiring.coordinator === "all" ? [] : settingMeshKeys(coordinator, facts);
  if (wiring.coordinator === "none" && keys.length === 0) return null;
  const own = [
    ...removedStatement(file, statement),
    ...(policies ? appendedItem(file, brackets, `${ARGUMENT}=${textAt(policies)}`) : []),
    ...withoutImport(file, module),
  ];
  return merged([...keys, editsOf(file, own)]);
}

/** The statement that does nothing but make the consumer, in the same body as the coordinator; its name is used nowhere else. */
function statementOf(
  { call, condition }: ConsumerCall,
  coordinator: number,
  module: PyModule,
  own: readonly SourceFile[],
): PyStatement | null {
  const around = nodesAround(module, call.span) as unknown as PyStatement[];
  const at = around.findLastIndex((node) => ["assign", "expression"].includes(node.kind));
  const statement = around[at];
  const owner = around.slice(0, at).findLast((node) => node.kind === "function" || isBlock(node));
  if (condition !== null || owner?.kind !== "function") return null;
  if (functionAround(module, { start: coordinator, end: coordinator }) !== owner) return null;
  if (statement?.kind === "expression") return isAll(statement.value, call.span) ? statement : null;
  if (statement?.kind !== "assign" || !isAll(statement.value, call.span)) return null;
  const [target, another] = statement.targets;
  if (another || target?.kind !== "attribute") return null;
  const uses = own.flatMap(({ text }) => [...text.matchAll(new RegExp(`\\.${target.name.text}\\b`, "g"))]);
  return uses.length === 1 ? statement : null;
}

function isBlock({ kind }: { readonly kind: string }): boolean {
  return ["if", "for", "while", "with", "try", "match"].includes(kind);
}

function isAll(value: PyExpression, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return value.span.start === start && value.span.end === end;
}

/** Whether an expression names nothing but `self` and what the module defines or imports. */
function meansSame(place: { readonly start: number; readonly end: number }, module: PyModule): boolean {
  let same = true;
  visitPython(module, (node) => {
    if (node.span.end <= place.start || node.span.start >= place.end) return false;
    const inside = node.span.start >= place.start && node.span.end <= place.end;
    const { id } = node as unknown as { readonly id?: string };
    if (inside && node.kind === "name" && id !== "self" && !ofModule(id ?? "", module)) same = false;
    if (inside && (node.kind === "lambda" || node.kind === "comprehension")) same = false;
    return true;
  });
  return same;
}

function ofModule(name: string, module: PyModule): boolean {
  return module.body.some((each) => {
    if (each.kind === "import-from") return each.names.some((one) => (one.as ?? one.name).text === name);
    if (each.kind === "import") return each.names.some((one) => (one.as?.text ?? one.name.text.split(".")[0]) === name);
    if (each.kind === "class" || each.kind === "function") return each.name.text === name;
    return each.kind === "assign" && each.targets.some((target) => target.kind === "name" && target.id === name);
  });
}

/** Takes the class out of its import where nothing else needs it. */
function withoutImport(file: SourceFile, module: PyModule): TextEdit[] {
  if (file.text.split(CLASS).length !== 3) return [];
  for (const statement of module.body) {
    if (statement.kind !== "import-from") continue;
    const at = statement.names.findIndex((each) => each.name.text === CLASS);
    const alias = statement.names[at];
    if (!alias || alias.as) continue;
    const before = statement.names[at - 1];
    const next = statement.names[at + 1];
    if (!before && !next) return removedStatement(file, statement);
    if (next) return [{ span: span(alias.name.span.start, next.name.span.start), newText: "" }];
    const from = (before?.as ?? before?.name)?.span.end ?? alias.name.span.start;
    return [{ span: span(from, alias.name.span.end), newText: "" }];
  }
  return [];
}
