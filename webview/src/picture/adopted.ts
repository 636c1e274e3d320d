import { PICTURE_ATTRIBUTES, PICTURE_TAGS, type PlainPicture } from "../drawing/dom/plain-picture.ts";
import { shape } from "../page/element.ts";

/*
 * A drawn picture becomes elements of the page. Only what is listed here is taken over: no styles, scripts, links or listeners,
 * whatever a charm's names may have led mermaid to write. Colours and lines are the panel's style sheet's affair.
 */

type Tag = (typeof PICTURE_TAGS)[number];

/** A picture on the page, with what mermaid drew found again by mermaid's ids (`n3`, `e7`, `b1`). */
export interface AdoptedPicture {
  readonly boxes: ReadonlyMap<string, SVGGElement>;
  readonly paths: ReadonlyMap<string, SVGPathElement>;
  readonly labels: ReadonlyMap<string, SVGGElement>;
  readonly nodes: ReadonlyMap<string, SVGGElement>;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

function isTag(tag: string): tag is Tag {
  return (PICTURE_TAGS as readonly string[]).includes(tag);
}

function taken(part: PlainPicture): SVGElement | null {
  if (!isTag(part.tag)) return null;
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(part.attributes))
    if (PICTURE_ATTRIBUTES.has(name)) attributes[name] = value;
  const made = shape(part.tag, attributes);
  if ((attributes["class"] ?? "").includes("text-outer-tspan")) {
    // mermaid makes an element of each word; a line is one here.
    made.textContent = textOf(part);
    return made;
  }
  if (part.text !== "") made.textContent = part.text;
  for (const child of part.children) {
    const inner = taken(child);
    if (inner) made.append(inner);
  }
  return made;
}

/** The parts of a drawn flowchart. What has no id of mermaid's is left out (self-loops' anchors, markers, gradients). */
export function adoptedPicture(picture: PlainPicture): AdoptedPicture {
  const boxes = new Map<string, SVGGElement>();
  const paths = new Map<string, SVGPathElement>();
  const labels = new Map<string, SVGGElement>();
  const nodes = new Map<string, SVGGElement>();
  const visit = (part: PlainPicture): void => {
    const classes = (part.attributes["class"] ?? "").split(/\s+/);
    const id = part.attributes["id"] ?? "";
    if (classes.includes("cluster")) keep(boxes, /^picture-(b\d+)$/.exec(id)?.[1], taken(part));
    else if (classes.includes("node")) keep(nodes, /^picture-flowchart-(n\d+)-\d+$/.exec(id)?.[1], taken(part));
    else if (classes.includes("edgeLabel")) {
      const label = part.children.find((child) => child.attributes["data-id"] !== undefined);
      if (label?.children.some(hasText)) keep(labels, label.attributes["data-id"], taken(part));
    } else if (part.tag === "path" && classes.includes("flowchart-link"))
      keep(paths, /^picture-(e\d+)$/.exec(id)?.[1], taken(part));
    else for (const child of part.children) visit(child);
  };
  visit(picture);
  const [x = 0, y = 0, width = 0, height = 0] = (picture.attributes["viewBox"] ?? "").split(/[\s,]+/).map(Number);
  return { boxes, paths, labels, nodes, x, y, width, height };
}

function textOf(part: PlainPicture): string {
  return part.children.length === 0 ? part.text : part.children.map(textOf).join("");
}

function hasText(part: PlainPicture): boolean {
  return textOf(part).trim() !== "";
}

function keep<T extends SVGElement>(into: Map<string, T>, id: string | undefined, made: SVGElement | null): void {
  if (id !== undefined && made) into.set(id, made as T);
}
