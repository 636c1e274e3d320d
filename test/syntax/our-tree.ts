import type { PyModule, PyStatement } from "#syntax";
import { all, args, note, parameters, seeExpression, typeParameters } from "./our-expressions.ts";

/*
 * Our tree as the nodes that cpython-tree.py writes: [kind, start, end, detail…], as JSON. Two differences of shape are levelled here:
 * CPython has one node for `a and b and c`, and it has no node for `f(*x)` but the starred expression in it.
 */

/** Every node of a module, in no particular order. */
export function ourTree(module: PyModule): string[] {
  const found: string[] = [];
  for (const statement of module.body) see(found, statement);
  return found;
}

function body(found: string[], ...blocks: (readonly PyStatement[])[]): void {
  for (const block of blocks) for (const statement of block) see(found, statement);
}

function see(found: string[], node: PyStatement): void {
  const { kind, span } = node;
  switch (kind) {
    case "expression":
      note(found, kind, span);
      seeExpression(found, node.value);
      return;
    case "assign":
      note(found, kind, span, node.targets.length);
      all(found, [...node.targets, node.value]);
      return;
    case "annotated-assign":
      note(found, kind, span, node.value !== null);
      all(found, [node.target, node.annotation, node.value]);
      return;
    case "augmented-assign":
      note(found, kind, span, node.operator);
      all(found, [node.target, node.value]);
      return;
    case "return":
      note(found, kind, span);
      all(found, [node.value]);
      return;
    case "raise":
      note(found, kind, span);
      all(found, [node.value, node.cause]);
      return;
    case "if":
      note(found, kind, span, node.then.length, node.otherwise.length);
      seeExpression(found, node.test);
      body(found, node.then, node.otherwise);
      return;
    case "for":
      note(found, kind, span, node.body.length, node.otherwise.length);
      all(found, [node.target, node.iterable]);
      body(found, node.body, node.otherwise);
      return;
    case "while":
      note(found, kind, span, node.body.length, node.otherwise.length);
      seeExpression(found, node.test);
      body(found, node.body, node.otherwise);
      return;
    case "try":
      note(found, kind, span, node.body.length, node.handlers.length, node.otherwise.length, node.final.length);
      for (const handler of node.handlers) {
        note(found, "handler", handler.span, handler.name?.text ?? null, handler.star);
        all(found, [handler.type]);
        body(found, handler.body);
      }
      body(found, node.body, node.otherwise, node.final);
      return;
    case "with":
      note(
        found,
        kind,
        span,
        node.items.map((item) => item.target !== null),
      );
      all(
        found,
        node.items.flatMap((item) => [item.value, item.target]),
      );
      body(found, node.body);
      return;
    case "match":
      note(
        found,
        kind,
        span,
        node.cases.map((each) => each.body.length),
      );
      seeExpression(found, node.subject);
      for (const each of node.cases) {
        note(found, "pattern", each.pattern);
        all(found, [each.guard]);
        body(found, each.body);
      }
      return;
    case "function":
      note(found, kind, span, node.name.text, node.async, node.decorators.length, node.body.length);
      all(found, [...node.decorators, node.returns]);
      typeParameters(found, node.typeParameters);
      parameters(found, node.parameters);
      body(found, node.body);
      return;
    case "class":
      note(found, kind, span, node.name.text, node.decorators.length, node.body.length);
      all(found, node.decorators);
      typeParameters(found, node.typeParameters);
      args(found, node.bases);
      body(found, node.body);
      return;
    case "import":
      note(
        found,
        kind,
        span,
        node.names.map((each) => [each.name.text, each.as?.text ?? null]),
      );
      return;
    case "import-from":
      note(
        found,
        kind,
        span,
        node.module.text,
        node.level,
        node.names.map((each) => [each.name.text, each.as?.text ?? null]),
      );
      return;
    case "global":
    case "nonlocal":
      note(
        found,
        kind,
        span,
        node.names.map((each) => each.text),
      );
      return;
    case "delete":
      note(found, kind, span, node.targets.length);
      all(found, node.targets);
      return;
    case "assert":
      note(found, kind, span, node.message !== null);
      all(found, [node.test, node.message]);
      return;
    case "pass":
    case "break":
    case "continue":
    case "broken":
      note(found, kind, span);
      return;
    case "type-alias":
      note(found, kind, span, node.name.text);
      typeParameters(found, node.typeParameters);
      seeExpression(found, node.value);
      return;
  }
}
