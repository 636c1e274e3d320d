import type { PyExpression, Span } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import type { Frame, Round } from "../names/scope.ts";
import type { PyValue } from "../values/value.ts";
import { unpacked } from "./unpack.ts";

/** The frame of one round of a loop or comprehension: its targets are bound to parts of `value`. */
export function roundFrame(cx: Interpreter, frame: Frame, loop: Round, target: PyExpression, value: PyValue): Frame {
  const bindings = new Map<string, PyValue>();
  bind(cx, target, value, bindings);
  return { scope: frame.scope, parent: frame, bindings, generic: frame.generic, round: loop };
}

/** The innermost frame that is laid over this one's scope for the loop; null where none is. */
export function roundOf(frame: Frame, loop: object): Frame | null {
  let at: Frame | null = frame;
  while (at?.round) {
    if (at.round === loop) return frame;
    at = at.parent;
  }
  return null;
}

/** The frame without the rounds of loops and comprehensions that the statement at `span` doesn't stand in. */
export function frameAt(frame: Frame, span: Span): Frame {
  if (!frame.round || !frame.parent) return frame;
  const { round } = frame;
  const below = frameAt(frame.parent, span);
  if (round.span.start > span.start || span.end > round.span.end) return below;
  return below === frame.parent ? frame : { ...frame, parent: below };
}

/** The frame of the scope itself, below all rounds laid over it. */
export function scopeFrame(frame: Frame): Frame {
  let at = frame;
  while (at.round && at.parent) at = at.parent;
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
