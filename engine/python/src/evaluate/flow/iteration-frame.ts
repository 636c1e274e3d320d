import type { PyExpression, Span } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import type { Frame, Iteration } from "../names/scope.ts";
import type { PyValue } from "../values/value.ts";
import { unpacked } from "./unpack.ts";

/** The frame of one iteration of a loop or comprehension: its targets are bound to parts of `value`. */
export function iterationFrame(
  cx: Interpreter,
  frame: Frame,
  loop: Iteration,
  target: PyExpression,
  value: PyValue,
): Frame {
  const bindings = new Map<string, PyValue>();
  bind(cx, target, value, bindings);
  return { scope: frame.scope, parent: frame, bindings, generic: frame.generic, iteration: loop };
}

/** The innermost frame that is laid over this one's scope for the loop; null where none is. */
export function iterationOf(frame: Frame, loop: object): Frame | null {
  let at: Frame | null = frame;
  while (at?.iteration) {
    if (at.iteration === loop) return frame;
    at = at.parent;
  }
  return null;
}

/** The frame without the iterations of loops and comprehensions that the statement at `span` doesn't stand in. */
export function frameAt(frame: Frame, span: Span): Frame {
  if (!frame.iteration || !frame.parent) return frame;
  const { iteration } = frame;
  const below = frameAt(frame.parent, span);
  if (iteration.span.start > span.start || span.end > iteration.span.end) return below;
  return below === frame.parent ? frame : { ...frame, parent: below };
}

/** The frame of the scope itself, below all iterations laid over it. */
export function scopeFrame(frame: Frame): Frame {
  let at = frame;
  while (at.iteration && at.parent) at = at.parent;
  return at;
}

function bind(cx: Interpreter, target: PyExpression, value: PyValue, bindings: Map<string, PyValue>): void {
  if (target.kind === "name") bindings.set(target.id, value);
  else if (target.kind === "starred") bind(cx, target.value, value, bindings);
  else if (target.kind === "tuple" || target.kind === "list") {
    let star: "none" | "before" = "none";
    target.items.forEach((item, index) => {
      const behind = target.items.length - 1 - index;
      const starred = item.kind === "starred";
      bind(cx, item, unpacked(cx, value, [{ index, behind, star: starred ? "self" : star }]), bindings);
      if (starred) star = "before";
    });
  }
}
