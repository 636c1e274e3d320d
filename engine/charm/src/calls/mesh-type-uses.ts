import { evaluate, type Frame, functionsOf, genericFrame, optionsOfValue, type Program, type PyValue } from "#python";
import { memo, type PyExpression, type PyFunction, type SourceFile } from "#syntax";
import type { MeshTypeUse } from "../declared-policy.ts";
import { type PyNode, walkNode } from "../source/syntax-walk.ts";

/** `MeshType` has one member (charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20; canonical-service-mesh 0.1.0, enums.py). */
const MESH_TYPES: ReadonlySet<string> = new Set(["istio"]);

/** Callables that look at the value itself instead of keeping it to call it later. */
const LOOKING = new Set(["bool", "str", "repr", "len", "MeshType", "isinstance"]);

/**
 * Places where the charm's Python compares, tests or looks up `ServiceMeshConsumer.mesh_type` without calling it, directly or
 * through names, properties and parameters, and comparisons of the called one with a text that is no mesh type. A method that
 * is handed on to be called later is no such place.
 */
export function meshTypeUses(program: Program): readonly MeshTypeUse[] {
  const found = new Map<string, MeshTypeUse>();
  for (const scope of functionsOf(program)) {
    const { file } = scope.module;
    if (scope.node.kind !== "function" || !mentionsMeshType(file)) continue;
    let frame: Frame | null = null;
    walkNode(scope.node, (node, around) => {
      if (isNested(around)) return;
      const valueIn = (operand: PyExpression): PyValue => {
        frame ??= genericFrame(program, scope);
        return evaluate(program, operand, frame);
      };
      for (const use of usesAt(node, around, file, valueIn)) {
        const key = `${file.path}:${use.location.span.start}:${use.location.span.end}`;
        if (!found.has(key)) found.set(key, use);
      }
    });
  }
  return [...found.values()];
}

/** A method or function where a MeshType is wanted: the parentheses are missing. */
export function isUncalledMeshType(value: PyValue): boolean {
  return optionsOfValue(value).every(
    (each) => each.kind === "external" && each.name.endsWith(".ServiceMeshConsumer.mesh_type"),
  );
}

const mentionsMeshType = memo((file: SourceFile): boolean => /mesh_?type/i.test(file.text));

/** Whether a function lies between the outermost one and the node: that function has its own frame and its own analysis. */
function isNested(around: readonly PyNode[]): boolean {
  return around.slice(1).some((each) => each.kind === "function" || each.kind === "lambda" || each.kind === "class");
}

function* usesAt(
  node: PyNode,
  around: readonly PyNode[],
  file: SourceFile,
  valueIn: (operand: PyExpression) => PyValue,
): Iterable<MeshTypeUse> {
  if (node.kind === "comparison") {
    for (const other of node.rest) yield* wrongText(node.left, other, file, valueIn);
  }
  if (node.kind !== "attribute" && node.kind !== "name") return;
  const how = contextOf(node, around);
  if (how === null || !mayBeMeshType(node, around) || !isUncalledMeshType(valueIn(node))) return;
  yield { how, location: { file, span: node.span }, text: null };
}

/** The walk evaluates only names that mention a mesh or a type, and names that the function binds to one that does. */
function mayBeMeshType(
  node: Extract<PyExpression, { kind: "attribute" | "name" }>,
  around: readonly PyNode[],
): boolean {
  const name = node.kind === "name" ? node.id : node.name.text;
  if (/mesh|type/i.test(name)) return true;
  const body = around.find((each): each is PyFunction => each.kind === "function");
  return node.kind === "name" && body !== undefined && bindsMeshType(body, name);
}

function bindsMeshType(body: PyFunction, name: string): boolean {
  let binds = body.parameters.some((each) => each.name.text === name);
  walkNode(body, (node) => {
    if (node.kind === "assign" && node.targets.some((each) => each.kind === "name" && each.id === name))
      binds ||= isCalledMeshType(node.value);
    if (node.kind === "walrus" && node.target.text === name) binds ||= isCalledMeshType(node.value);
  });
  return binds;
}

function isCalledMeshType(value: PyExpression): boolean {
  return value.kind === "attribute" && /mesh_?type/i.test(value.name.text);
}

/** What the code does with an expression that is not called; null where it may be called later. */
function contextOf(node: PyExpression, around: readonly PyNode[]): MeshTypeUse["how"] | null {
  let inner: PyNode = node;
  for (const outer of [...around].reverse()) {
    switch (outer.kind) {
      case "comparison":
        return "compared";
      case "unary":
        return outer.operator === "not" ? "tested" : null;
      case "if":
      case "while":
      case "assert":
      case "conditional":
        return outer.test === inner ? "tested" : null;
      case "match":
        return outer.subject === inner ? "compared" : null;
      case "boolean":
        if (outer.left === inner) return "tested";
        break;
      case "subscript":
        return outer.index === inner ? "looked-up" : null;
      case "fstring":
        return "written";
      case "call":
        return isLooking(outer) && outer.args[0]?.value === inner ? "tested" : null;
      default:
        return null;
    }
    inner = outer;
  }
  return null;
}

function isLooking({ callee }: Extract<PyExpression, { kind: "call" }>): boolean {
  const name = callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name.text : "";
  return LOOKING.has(name);
}

type Comparison = Extract<PyExpression, { kind: "comparison" }>["rest"][number];

/** `self._mesh.mesh_type() == "ambient"`: a text that the called method never returns. */
function* wrongText(
  left: PyExpression,
  { operator, right }: Comparison,
  file: SourceFile,
  valueIn: (operand: PyExpression) => PyValue,
): Iterable<MeshTypeUse> {
  if (operator !== "==" && operator !== "!=" && operator !== "is" && operator !== "is not") return;
  for (const [called, text] of [
    [left, right],
    [right, left],
  ] as const) {
    if (text.kind !== "string" || text.bytes || MESH_TYPES.has(text.value)) continue;
    if (!isMeshTypeCall(valueIn(called))) continue;
    yield { how: "compared", location: { file, span: text.span }, text: text.value };
  }
}

function isMeshTypeCall(value: PyValue): boolean {
  return optionsOfValue(value).every(
    (each) => each.kind === "instance" && each.external.some((name) => name.endsWith(".ServiceMeshConsumer.mesh_type")),
  );
}
