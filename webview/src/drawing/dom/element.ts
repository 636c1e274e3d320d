import { boundsOf, textLength } from "./geometry.ts";
import type { Bounds } from "./path-bounds.ts";
import { pictureTicket, plainPicture } from "./plain-picture.ts";
import { selectorTest } from "./selector.ts";

/*
 * The part of the DOM that mermaid's flowchart and d3-selection use, as plain objects: no page, no layout, no style. It is what
 * lets the picture be drawn in a worker, away from the panel's page. A class, because d3 sets its own fields on nodes and
 * reads prototypes' methods through `this`.
 */

const NAMED_SPACE = "http://www.w3.org/2000/svg";

export class PlainElement {
  readonly tagName: string;
  readonly namespaceURI: string;
  readonly nodeType = 1;
  readonly attributes = new Map<string, string>();
  readonly children: PlainElement[] = [];
  parentNode: PlainElement | null = null;
  ownerDocument: unknown;
  isScope = false;
  private text = "";

  constructor(tagName: string, ownerDocument: unknown, namespaceURI: string = NAMED_SPACE) {
    this.tagName = tagName;
    this.ownerDocument = ownerDocument;
    this.namespaceURI = namespaceURI;
  }

  get nodeName(): string {
    return this.tagName;
  }
  get id(): string {
    return this.getAttribute("id") ?? "";
  }
  set id(value: string) {
    this.setAttribute("id", value);
  }
  get childNodes(): PlainElement[] {
    return this.children;
  }
  get firstChild(): PlainElement | null {
    return this.children[0] ?? null;
  }
  get firstElementChild(): PlainElement | null {
    return this.firstChild;
  }
  get lastChild(): PlainElement | null {
    return this.children.at(-1) ?? null;
  }
  get parentElement(): PlainElement | null {
    return this.parentNode;
  }
  get nextSibling(): PlainElement | null {
    const siblings = this.parentNode?.children ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }
  get textContent(): string {
    return this.children.length === 0 ? this.text : this.children.map((child) => child.textContent).join("");
  }
  set textContent(value: string | null) {
    for (const child of this.children) child.parentNode = null;
    this.children.length = 0;
    this.text = value === null ? "" : String(value);
  }
  /** mermaid reads a finished picture here. Ours is kept as plain data, and what it reads is only a ticket for it. */
  get innerHTML(): string {
    return pictureTicket(this.children.flatMap((child) => plainPicture(child) ?? []));
  }
  set innerHTML(value: string) {
    this.textContent = value;
  }
  get style(): object {
    return INERT_STYLE;
  }
  get className(): { baseVal: string } {
    return { baseVal: this.getAttribute("class") ?? "" };
  }
  get classList(): {
    contains(name: string): boolean;
    add(...names: string[]): void;
    remove(...names: string[]): void;
  } {
    const names = (this.attributes.get("class") ?? "").split(/\s+/).filter(Boolean);
    const write = (next: readonly string[]) => this.setAttribute("class", next.join(" "));
    return {
      contains: (name) => names.includes(name),
      add: (...more) => write([...new Set([...names, ...more])]),
      remove: (...less) => write(names.filter((name) => !less.includes(name))),
    };
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  hasAttribute(name: string): boolean {
    return this.attributes.has(name);
  }
  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }
  setAttributeNS(_space: string, name: string, value: unknown): void {
    this.setAttribute(name, value);
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  appendChild(child: PlainElement): PlainElement {
    return this.insertBefore(child, null);
  }
  append(...added: PlainElement[]): void {
    for (const child of added) this.appendChild(child);
  }
  insertBefore(child: PlainElement, before: PlainElement | null): PlainElement {
    child.remove();
    const at = before ? this.children.indexOf(before) : -1;
    if (at < 0) this.children.push(child);
    else this.children.splice(at, 0, child);
    child.parentNode = this;
    return child;
  }
  removeChild(child: PlainElement): PlainElement {
    child.remove();
    return child;
  }
  remove(): void {
    const siblings = this.parentNode?.children;
    if (!siblings) return;
    const at = siblings.indexOf(this);
    if (at >= 0) siblings.splice(at, 1);
    this.parentNode = null;
  }
  cloneNode(deep = false): PlainElement {
    const copy = new PlainElement(this.tagName, this.ownerDocument, this.namespaceURI);
    for (const [name, value] of this.attributes) copy.attributes.set(name, value);
    copy.text = this.text;
    if (deep) for (const child of this.children) copy.appendChild(child.cloneNode(true));
    return copy;
  }

  matches(selector: string): boolean {
    return selectorTest(selector)(this);
  }
  querySelectorAll(selector: string): PlainElement[] {
    return this.found(selector, Number.POSITIVE_INFINITY);
  }
  querySelector(selector: string): PlainElement | null {
    return this.found(selector, 1)[0] ?? null;
  }
  /** What fits a selector below this element, in the order of the document; at most so many. */
  private found(selector: string, most: number): PlainElement[] {
    const found: PlainElement[] = [];
    const fits = selectorTest(selector);
    this.isScope = true;
    const visit = (element: PlainElement) => {
      for (const child of element.children) {
        if (fits(child)) found.push(child);
        if (found.length < most) visit(child);
        if (found.length >= most) return;
      }
    };
    visit(this);
    this.isScope = false;
    return found;
  }
  contains(other: PlainElement | null): boolean {
    for (let at = other; at; at = at.parentNode) if (at === this) return true;
    return false;
  }
  addEventListener(): void {}
  removeEventListener(): void {}

  getBBox(): Bounds {
    return boundsOf(this);
  }
  getBoundingClientRect(): Bounds & { top: number; left: number; right: number; bottom: number } {
    const bounds = boundsOf(this);
    return {
      ...bounds,
      top: bounds.y,
      left: bounds.x,
      right: bounds.x + bounds.width,
      bottom: bounds.y + bounds.height,
    };
  }
  getComputedTextLength(): number {
    return textLength(this);
  }
  getTotalLength(): number {
    return 0;
  }
}

/** Styles are the panel's own affair (its style sheet), so what mermaid sets here goes nowhere. */
const INERT_STYLE = {
  setProperty(): void {},
  removeProperty(): void {},
  getPropertyValue(): string {
    return "";
  },
};
