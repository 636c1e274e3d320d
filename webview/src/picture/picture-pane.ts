import { element, filled, shape } from "../page/element.ts";
import { hoverCard } from "./hover-card.ts";
import { type KeyAction, keyAction } from "./keys.ts";
import { minimap } from "./minimap.ts";
import { steppedTo } from "./navigation.ts";
import { subjectOf } from "./neighbour.ts";
import { listenToPointer } from "./pointer.ts";
import type { Scene, SceneItem } from "./scene.ts";
import {
  type Extent,
  firstView,
  fitted,
  inSight,
  LABELS_READABLE,
  nameSize,
  panned,
  type Size,
  type Viewport,
  zoomed,
} from "./viewport.ts";

/** What the picture tells the panel. */
export interface PictureActions {
  /** Something was chosen; `go`: its source line is wanted too. null: nothing any more. */
  choose(item: { readonly kind: "node" | "edge" | "box"; readonly id: string } | null, go: boolean): void;
  /** A group or a line is to be opened (or, for something that came out of an opened one, closed). */
  open(id: string): void;
  resized(size: Size): void;
}

export interface PicturePane {
  readonly element: HTMLElement;
  readonly svg: SVGSVGElement;
  scene(): Scene | null;
  /** Takes a new picture; `keep` leaves the sight where it is as far as it goes. */
  show(scene: Scene | null, keep: boolean): void;
  summary(text: string, keysId: string): void;
  size(): Size;
  act(action: KeyAction): void;
  /** Brings something into sight. */
  reveal(ids: readonly string[]): void;
  focus(): void;
  minimap(wanted: boolean): void;
  viewport(): Viewport;
}

const PAN_STEP = 60;
const FOCUS_MARGIN = 24;
/** The zoom buttons in the upper right corner, with their margins. */
const BUTTONS = { width: 44, height: 92 } as const;

/** The pane of the picture: it shows a scene, moves it about, and says what is chosen. */
export function picturePane(actions: PictureActions): PicturePane {
  const stage = shape("g", { class: "stage" });
  const svg = shape(
    "svg",
    { class: "picture", role: "application", "aria-roledescription": "traffic graph", tabindex: "0" },
    stage,
  );
  const root = element("div", { class: "picture-pane" }, svg);
  let current: Scene | null = null;
  let viewport: Viewport = { scale: 1, x: 0, y: 0 };
  let touched = false;
  let drawings = 0;
  let pane: Size = { width: 0, height: 0 };
  let focused: string | null = null;
  const map = minimap((x, y) => {
    touched = true;
    place({ scale: viewport.scale, x: pane.width / 2 - x * viewport.scale, y: pane.height / 2 - y * viewport.scale });
  });
  root.append(map.element);
  const card = hoverCard(root);

  const place = (next: Viewport) => {
    viewport = next;
    stage.setAttribute("transform", `translate(${round(next.x)} ${round(next.y)}) scale(${round(next.scale)})`);
    // Small pictures are read by their shapes and lines: texts that can't be read any more only make noise.
    svg.classList.toggle("tiny", next.scale < LABELS_READABLE);
    svg.style.setProperty("--name-size", `${round(nameSize(next.scale))}px`);
    map.view(next, pane);
  };
  /** A picture that would lie below the buttons stands beside them. */
  const besideButtons = (picture: Extent, view: (room: Size) => Viewport): Viewport => {
    const whole = view(pane);
    const right = (picture.x + picture.width) * whole.scale + whole.x;
    const top = picture.y * whole.scale + whole.y;
    if (right <= pane.width - BUTTONS.width || top >= BUTTONS.height) return whole;
    return view({ width: Math.max(1, pane.width - BUTTONS.width), height: pane.height });
  };
  const first = (scene: Scene) => besideButtons(scene, (room) => firstView(scene, room, subjectOf(scene.nodes)));
  const middle = () => ({ x: pane.width / 2, y: pane.height / 2 });
  const itemOf = (target: Element): SceneItem | null => {
    const owner = target.closest("[data-node], [data-edge]");
    const id = owner?.getAttribute("data-node") ?? owner?.getAttribute("data-edge");
    return (id !== null && id !== undefined && current?.items.get(id)) || null;
  };

  const focusOn = (item: SceneItem | null | undefined) => {
    if (!item) return;
    setFocusable(item);
    item.element.focus({ preventScroll: true });
    place(inSight(viewport, focusExtent(item), pane));
  };
  /** One stop for the Tab key: what had the focus last, else the picture itself. */
  const setFocusable = (item: SceneItem | null) => {
    const before = focused === null ? null : current?.items.get(focused);
    before?.element.setAttribute("tabindex", "-1");
    focused = item?.id ?? null;
    item?.element.setAttribute("tabindex", "0");
    svg.setAttribute("tabindex", item ? "-1" : "0");
  };
  const focusedItem = () => (focused === null ? null : (current?.items.get(focused) ?? null));

  /** The application whose flows are walked round. */
  let around: string | null = null;

  const act = (action: KeyAction) => {
    const scene = current;
    if (!scene) return;
    card.hide();
    const at = focusedItem();
    switch (action.kind) {
      case "zoom":
        touched = true;
        place(zoomed(viewport, action.factor, middle()));
        break;
      case "fit":
        touched = false;
        place(besideButtons(scene, (room) => fitted(scene, room)));
        break;
      case "pan": {
        touched = true;
        const [dx, dy] = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] }[action.direction] as [
          number,
          number,
        ];
        place(panned(viewport, dx * PAN_STEP, dy * PAN_STEP, scene, pane));
        break;
      }
      case "choose":
      case "go":
        if (at) choose(at, action.kind === "go");
        break;
      case "open":
        if (at) actions.open(at.id);
        break;
      case "leave":
        actions.choose(null, false);
        break;
      default:
        if (action.kind === "flow" && at?.kind === "node") around = at.id;
        focusOn(steppedTo(scene, at, action, around));
    }
  };

  const choose = (item: SceneItem, go: boolean) => {
    if (go && item.element.classList.contains("node-group")) actions.open(item.id);
    else actions.choose({ kind: item.kind, id: item.id }, go);
  };

  svg.addEventListener("keydown", (event) => {
    const action = keyAction(event);
    if (!action) return;
    event.preventDefault();
    act(action);
  });
  svg.addEventListener("focusin", (event) => {
    const item = event.target instanceof Element ? itemOf(event.target) : null;
    if (item && item.id !== focused) setFocusable(item);
  });
  listenToPointer(svg, {
    pan: (dx, dy) => {
      if (!current) return;
      touched = true;
      card.hide();
      place(panned(viewport, dx, dy, current, pane));
    },
    zoom: (factor, at) => {
      touched = true;
      place(zoomed(viewport, factor, at));
    },
    click: (target) => {
      const item = itemOf(target);
      const box = target.closest("[data-box]")?.getAttribute("data-box");
      if (item) {
        setFocusable(item);
        item.element.focus({ preventScroll: true });
        actions.choose({ kind: item.kind, id: item.id }, true);
      } else actions.choose(box ? { kind: "box", id: box } : null, false);
    },
    doubleClick: (target) => {
      const item = itemOf(target);
      if (item) actions.open(item.id);
    },
  });
  svg.addEventListener("pointermove", (event) => {
    if (event.buttons === 0 && event.target instanceof Element)
      card.over(itemOf(event.target), current, { x: event.clientX, y: event.clientY });
  });
  svg.addEventListener("pointerleave", () => card.hide());

  new ResizeObserver(() => {
    const next = { width: root.clientWidth, height: root.clientHeight };
    if (next.width === pane.width && next.height === pane.height) return;
    pane = next;
    svg.setAttribute("width", String(pane.width));
    svg.setAttribute("height", String(pane.height));
    if (current && !touched) place(first(current));
    else map.view(viewport, pane);
    actions.resized(pane);
  }).observe(root);

  return {
    element: root,
    svg,
    scene: () => current,
    show: (scene, keep) => {
      const hadFocus = svg.contains(document.activeElement);
      const before = focused;
      current = scene;
      focused = null;
      filled(stage, scene?.root);
      drawings += 1;
      svg.setAttribute("data-drawings", String(drawings));
      map.scene(scene);
      setFocusable(before === null ? null : (scene?.items.get(before) ?? null));
      if (hadFocus) (focusedItem()?.element ?? svg).focus({ preventScroll: true });
      if (!scene) return;
      if (!keep) touched = false;
      place(keep && touched ? panned(viewport, 0, 0, scene, pane) : first(scene));
    },
    summary: (text, keysId) => {
      svg.setAttribute("aria-label", text);
      svg.setAttribute("aria-describedby", keysId);
    },
    size: () => pane,
    act,
    reveal: (ids) => {
      const items = ids.flatMap((id) => current?.items.get(id) ?? []);
      const [first] = items;
      if (!first) return;
      const all = union(items.map(focusExtent));
      const fits = all.width * viewport.scale <= pane.width && all.height * viewport.scale <= pane.height;
      place(inSight(viewport, fits ? all : focusExtent(first), pane));
    },
    focus: () => (focusedItem()?.element ?? svg).focus({ preventScroll: true }),
    minimap: (wanted) => map.element.classList.toggle("unwanted", !wanted),
    viewport: () => viewport,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function focusExtent(item: SceneItem): Extent {
  return {
    x: item.x - item.width / 2 - FOCUS_MARGIN,
    y: item.y - item.height / 2 - FOCUS_MARGIN,
    width: item.width + 2 * FOCUS_MARGIN,
    height: item.height + 2 * FOCUS_MARGIN,
  };
}

function union(all: readonly Extent[]): Extent {
  const x = Math.min(...all.map((one) => one.x));
  const y = Math.min(...all.map((one) => one.y));
  return {
    x,
    y,
    width: Math.max(...all.map((one) => one.x + one.width)) - x,
    height: Math.max(...all.map((one) => one.y + one.height)) - y,
  };
}
