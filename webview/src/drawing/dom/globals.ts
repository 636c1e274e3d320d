import { PlainElement } from "./element.ts";

/*
 * What stands for `document`, `window` and the rest in the bundle of the drawing script (esbuild's `inject`, see
 * scripts/drawing.mjs): the free names in mermaid and d3 mean these, in a worker and on a page alike, so that mermaid
 * never touches the panel's page.
 */

const HTML = "http://www.w3.org/1999/xhtml";

function plainDocument() {
  const found = (root: PlainElement, id: string): PlainElement | null => {
    if (root.getAttribute("id") === id) return root;
    for (const child of root.children) {
      const hit = found(child, id);
      if (hit) return hit;
    }
    return null;
  };
  const made = {
    nodeType: 9,
    readyState: "complete",
    currentScript: null,
    implementation: {},
    documentElement: new PlainElement("html", null, HTML),
    body: new PlainElement("body", null, HTML),
    head: new PlainElement("head", null, HTML),
    defaultView: null as unknown,
    createElement: (tag: string) => new PlainElement(tag, made, HTML),
    createElementNS: (space: string, tag: string) => new PlainElement(tag, made, space),
    getElementById: (id: string) => found(made.documentElement, id),
    querySelector: (selector: string) =>
      selector === "body" ? made.body : made.documentElement.querySelector(selector),
    querySelectorAll: (selector: string) => made.documentElement.querySelectorAll(selector),
    getElementsByClassName: (name: string) => made.documentElement.querySelectorAll(`.${name}`),
    addEventListener: () => {},
    removeEventListener: () => {},
  };
  for (const part of [made.documentElement, made.body, made.head]) part.ownerDocument = made;
  made.documentElement.append(made.head, made.body);
  return made;
}

export const document = plainDocument();

export const window = {
  document,
  location: { protocol: "", host: "", pathname: "", search: "" },
  scrollX: 0,
  scrollY: 0,
  addEventListener: () => {},
  removeEventListener: () => {},
  getComputedStyle: () => ({ fontSize: "13px", textAnchor: "start", getPropertyValue: () => "" }),
};
document.defaultView = window;

/** Style sheets that mermaid makes have no effect here: the picture's look is the panel's own style sheet. */
export class CSSStyleSheet {
  readonly cssRules: unknown[] = [];
  insertRule(): number {
    return 0;
  }
  replaceSync(): void {}
}
