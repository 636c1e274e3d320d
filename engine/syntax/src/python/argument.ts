import { expression } from "./nested.ts";
import type { PyArgument, PyParameter } from "./node.ts";
import { brokenAt, fieldOf, identifierOf, kindOf, namedOf, type Reading, spanOf } from "./reading.ts";

/** The arguments of a call, or the bases of a class; none for -1. */
export function argumentsOf(r: Reading, node: number): PyArgument[] {
  if (node < 0) return [];
  if (kindOf(r, node) === "generator_expression") {
    return [{ kind: "positional", span: spanOf(r, node), name: null, value: expression(r, node) }];
  }
  return namedOf(r, node).map((child) => argument(r, child));
}

function argument(r: Reading, node: number): PyArgument {
  const span = spanOf(r, node);
  switch (kindOf(r, node)) {
    case "keyword_argument": {
      const value = fieldOf(r, node, "value");
      const name = identifierOf(r, fieldOf(r, node, "name"));
      return { kind: "keyword", span, name, value: value < 0 ? brokenAt(r, node) : expression(r, value) };
    }
    case "list_splat":
      return { kind: "star", span, name: null, value: expression(r, namedOf(r, node)[0] ?? -1) };
    case "dictionary_splat":
      return { kind: "double-star", span, name: null, value: expression(r, namedOf(r, node)[0] ?? -1) };
    default:
      return { kind: "positional", span, name: null, value: expression(r, node) };
  }
}

/** The parameters of a function or lambda; none for -1. */
export function parametersOf(r: Reading, node: number): PyParameter[] {
  return node < 0 ? [] : namedOf(r, node).map((child) => parameter(r, child));
}

function parameter(r: Reading, node: number): PyParameter {
  const span = spanOf(r, node);
  const kind = kindOf(r, node);
  if (kind === "typed_parameter" || kind === "default_parameter" || kind === "typed_default_parameter") {
    const nameNode = fieldOf(r, node, "name");
    const type = fieldOf(r, node, "type");
    const value = fieldOf(r, node, "value");
    const named = parameter(r, nameNode < 0 ? (namedOf(r, node)[0] ?? node) : nameNode);
    return {
      ...named,
      span,
      annotation: type < 0 ? null : expression(r, type),
      default: value < 0 ? null : expression(r, value),
    };
  }
  const inside = namedOf(r, node)[0] ?? node;
  const bare = { span, annotation: null, default: null };
  if (kind === "list_splat_pattern") return { kind: "star", name: identifierOf(r, inside), ...bare };
  if (kind === "dictionary_splat_pattern") return { kind: "double-star", name: identifierOf(r, inside), ...bare };
  if (kind === "keyword_separator" || kind === "positional_separator") {
    return { kind: "marker", name: identifierOf(r, node), ...bare };
  }
  return { kind: "plain", name: identifierOf(r, node), ...bare };
}
