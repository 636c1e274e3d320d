/** Attributes, `on…` listeners, and values that say "leave it out" (null, undefined, false). */
export type Properties = Readonly<
  Record<string, string | number | boolean | null | undefined | ((event: never) => void)>
>;

export type Child = Node | string | null | undefined | false;

function given(node: HTMLElement | SVGElement, properties: Properties, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value as (event: Event) => void);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) node.append(child);
}

/** A new HTML element. Names of listeners start with `on` and go through addEventListener, as the panel's CSP asks. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  given(made, properties, children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A new SVG element. */
export function shape<K extends keyof SVGElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  given(made, properties, children);
  return made;
}

/** Puts these children in the place of what was there. */
export function filled(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(
    ...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false),
  );
}

let count = 0;

/** An id that no other element of the page has, for labels and descriptions. */
export function freshId(what: string): string {
  count += 1;
  return `${what}-${count}`;
}
