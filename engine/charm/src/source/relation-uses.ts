import type { PyExpression, SourceFile, Span } from "#syntax";
import type { RelationUse } from "../charm-model.ts";
import type { PyNode } from "./syntax-walk.ts";

export interface NamedPlace {
  /** As an endpoint would be written; underscores of an event's attribute stand for hyphens or themselves. */
  readonly text: string;
  readonly span: Span;
  readonly role: RelationUse["role"];
}

/**
 * Where the charm's Python, tests included, names its endpoints: as strings, and as event attributes
 * (`self.on.my_db_relation_changed` names `my-db`; its location is `my_db`). Only places that look like a name of a
 * relation have a role other than `other`.
 */
export function relationUsesIn(
  files: readonly { readonly file: SourceFile; readonly named: readonly NamedPlace[] }[],
  endpoints: ReadonlySet<string>,
): readonly RelationUse[] {
  const byEvent = new Map<string, string>();
  for (const endpoint of endpoints) byEvent.set(endpoint.replaceAll("-", "_"), endpoint);
  const uses: RelationUse[] = [];
  for (const { file, named } of files) {
    for (const place of named) {
      const attribute = place.role === "event" && file.text[place.span.start] === place.text[0];
      const endpoint = attribute ? byEvent.get(place.text) : endpoints.has(place.text) ? place.text : undefined;
      if (endpoint !== undefined) uses.push({ endpoint, location: { file, span: place.span }, role: place.role });
    }
  }
  return uses;
}

/** The place at a node that may name an endpoint, whatever endpoints there are; null for any other node. */
export function namedPlaceAt(node: PyNode, around: readonly PyNode[]): NamedPlace | null {
  if (node.kind === "string")
    return !node.bytes && isEndpointName(node.value)
      ? { text: node.value, span: node.span, role: roleOf(node, around) }
      : null;
  if (node.kind !== "attribute") return null;
  const event = EVENT.exec(node.name.text)?.[1];
  if (event === undefined || !endsInOn(node.object)) return null;
  const start = node.name.span.start;
  return { text: event, span: { start, end: start + event.length }, role: "event" };
}

/** Suffixes of the events that ops makes for every endpoint (https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.CharmEvents). */
const EVENT = /^(\w+)_relation_(?:created|joined|changed|departed|broken)$/;

function isEndpointName(text: string): boolean {
  return text.length <= 63 && /^[A-Za-z][\w-]*$/.test(text);
}

function endsInOn(expression: PyExpression): boolean {
  if (expression.kind === "name") return expression.id === "on";
  return expression.kind === "attribute" && expression.name.text === "on";
}

/** Calls of ops that take an endpoint's name first. */
const MODEL_CALLS = new Set(["get_relation", "get_binding"]);

/** Constructors and methods of test libraries that take an endpoint's name first (ops.testing, ops.testing.Harness). */
const TEST_CALLS = new Set(["Relation", "PeerRelation", "SubordinateRelation", "add_relation"]);

function roleOf(node: Extract<PyExpression, { kind: "string" }>, around: readonly PyNode[]): RelationUse["role"] {
  const parent = around.at(-1);
  if (!parent) return "other";
  switch (parent.kind) {
    case "dict":
      return parent.entries.some((entry) => entry.kind === "pair" && entry.value === node) &&
        isEndpointsArgument(around)
        ? "endpoint-map"
        : "other";
    case "subscript":
      if (parent.index !== node) return "other";
      if (endsInOn(parent.object)) return "event";
      return isRelations(parent.object) ? "model-relation" : "other";
    case "call":
      return roleInCall(node, parent);
    case "assign":
      return parent.value === node && parent.targets.every((target) => target.kind === "name") ? "constant" : "other";
    case "annotated-assign":
      return parent.value === node && parent.target.kind === "name" ? "constant" : "other";
    case "function":
      return parent.parameters.some((parameter) => parameter.default === node) ? "constant" : "other";
    default:
      return "other";
  }
}

function isEndpointsArgument(around: readonly PyNode[]): boolean {
  const dict = around.at(-1);
  const call = around.at(-2);
  return call?.kind === "call" && call.args.some((each) => each.value === dict && each.name?.text === "endpoints");
}

function isRelations(expression: PyExpression): boolean {
  return expression.kind === "attribute" && expression.name.text === "relations";
}

const POLICIES = new Set(["AppPolicy", "UnitPolicy", "Policy"]);

function roleInCall(node: PyExpression, call: Extract<PyExpression, { kind: "call" }>): RelationUse["role"] {
  const argument = call.args.find((each) => each.value === node);
  if (!argument) return "other";
  const { callee } = call;
  const name = callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name.text : "";
  const keyword = argument.name?.text ?? null;
  if (keyword === "relation" && POLICIES.has(name)) return "policy";
  if (MODEL_CALLS.has(name)) return "model-relation";
  if (name === "get" && callee.kind === "attribute" && isRelations(callee.object)) return "model-relation";
  if (keyword !== null) {
    return /(?:relation|relationship|endpoint)(?:_name)?$|_(?:requires|provides)_name$/.test(keyword)
      ? "library-argument"
      : "other";
  }
  if (TEST_CALLS.has(name)) return "library-argument";
  // `LibraryClass(self, "my-endpoint")`: how charm libraries take their relation's name.
  const [first] = call.args;
  const takesCharm = first?.value.kind === "name" && /^(?:self|charm)$/.test(first.value.id);
  return takesCharm && /^[A-Z]/.test(name) ? "library-argument" : "other";
}
