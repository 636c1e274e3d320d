import { type ComponentChild, options } from "preact";
import { visibleLines } from "#picture";

/** Attributes of elements that a browser shows, or that a screen reader reads. `value` is absent: a field keeps what its user types. */
const SHOWN_ATTRIBUTES = ["title", "aria-label", "aria-description", "aria-valuetext", "placeholder", "alt"];

/**
 * Makes Preact render what is unseen in a text as a visible escape, in every text and tooltip of the page: names in a graph come from
 * charms and may hold controls that reorder or hide text. Components keep the original names, because they also identify things.
 * The hook is part of Preact's public interface: https://preactjs.com/guide/v10/options#optionsvnode
 */
export function renderVisibleText(): void {
  const next = options.vnode;
  options.vnode = (vnode) => {
    if (typeof vnode.type === "string") {
      const props = vnode.props as Record<string, unknown>;
      for (const name of SHOWN_ATTRIBUTES) {
        const value = props[name];
        if (typeof value === "string") props[name] = visibleLines(value);
      }
      if ("children" in props)
        props["children"] = visibleChildren(props["children"] as ComponentChild | ComponentChild[]);
    }
    next?.(vnode);
  };
}

/** Children of an element, with their own texts made visible; elements among them have been through the hook already. */
function visibleChildren(children: ComponentChild | ComponentChild[]): ComponentChild | ComponentChild[] {
  if (typeof children === "string") return visibleLines(children);
  return Array.isArray(children) ? children.map((child) => visibleChildren(child) as ComponentChild) : children;
}
