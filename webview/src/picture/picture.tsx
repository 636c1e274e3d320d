import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Selection } from "../view/panel-view.ts";
import { HoverCard, type Hovered } from "./hover-card.tsx";
import { type KeyAction, keyAction } from "./keys.ts";
import { markScene, type PictureMarks } from "./marked.ts";
import { menuContext } from "./menu-context.ts";
import { Minimap } from "./minimap.tsx";
import { steppedTo } from "./navigation.ts";
import { subjectOf } from "./neighbour.ts";
import type { Scene, SceneItem } from "./scene.ts";
import {
  type Extent,
  firstView,
  fitted,
  inSight,
  LABELS_READABLE,
  panned,
  type Size,
  type Viewport,
} from "./viewport.ts";
import { type Zooming, zooming } from "./zooming.ts";

/** What the panel can ask of the picture. */
export interface PictureHandle {
  act(action: KeyAction): void;
  /** Brings elements into sight: all of them where they fit, else the first. */
  reveal(ids: readonly string[]): void;
}

interface PictureProps {
  readonly scene: Scene | null;
  readonly marks: PictureMarks;
  /** The picture in one sentence, for screen readers. */
  readonly summary: string;
  /** Id of the element that lists the keys. */
  readonly keysId: string;
  readonly minimap: boolean;
  readonly handle: RefObject<PictureHandle | null>;
  /** An element was selected; null: nothing is any more. */
  readonly select: (item: Selection | null) => void;
  /** The source line of an element is wanted; of a group, its members. */
  readonly go: (item: Selection) => void;
  /** A group or a line of several flows is to be opened, or closed again. */
  readonly expand: (id: string) => void;
  /** The element's menu is wanted where the host shows none; in pixels of the window. */
  readonly menu: ((item: Selection, at: { readonly x: number; readonly y: number }) => void) | null;
  readonly resized: (size: Size) => void;
}

const PAN_STEP = 60;
const FOCUS_MARGIN = 24;
/** The zoom buttons in the upper right corner, with their margins. */
const BUTTONS = { width: 44, height: 92 } as const;
const NOWHERE: Size = { width: 0, height: 0 };

/** The pane of the picture. It shows a scene, moves and scales it, and reports what a person does with its elements. */
export function Picture(props: PictureProps) {
  const { scene, marks } = props;
  const root = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const stage = useRef<SVGGElement>(null);
  const [viewport, setViewport] = useState<Viewport>({ scale: 1, x: 0, y: 0 });
  const [pane, setPane] = useState<Size>(NOWHERE);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  // One object for all that listeners of the page read: they are attached once.
  const now = useRef({ props, viewport, pane, touched: false, focused: null as string | null, drawings: 0 }).current;
  now.props = props;
  now.viewport = viewport;
  now.pane = pane;
  const zoomer = useRef<Zooming | null>(null);
  const controls = useMemo(() => pictureControls(now, svg, zoomer, setHovered), [now]);
  props.handle.current = controls;

  useEffect(() => {
    if (!svg.current || !root.current) return;
    const attached = zooming(svg.current, {
      picture: () => now.props.scene,
      pane: () => now.pane,
      moved: (next, byHand) => {
        if (byHand) {
          now.touched = true;
          setHovered(null);
        }
        now.viewport = next;
        setViewport(next);
      },
    });
    zoomer.current = attached;
    const pane = root.current;
    const observer = new ResizeObserver(() => {
      const size = { width: pane.clientWidth, height: pane.clientHeight };
      if (size.width === now.pane.width && size.height === now.pane.height) return;
      now.pane = size;
      setPane(size);
      if (now.props.scene && !now.touched) attached.to(first(now.props.scene, size));
      now.props.resized(size);
    });
    observer.observe(pane);
    return () => {
      observer.disconnect();
      attached.stop();
    };
  }, [now]);

  useLayoutEffect(() => {
    const picture = svg.current;
    if (!picture || !stage.current) return;
    const hadFocus = picture.contains(document.activeElement);
    const before = now.focused;
    stage.current.replaceChildren(...(scene ? [scene.root] : []));
    for (const item of scene?.items.values() ?? [])
      for (const part of item.parts) part.setAttribute("data-vscode-context", menuContext(item, scene));
    now.drawings += 1;
    picture.setAttribute("data-drawings", String(now.drawings));
    now.focused = null;
    controls.setFocusable(before === null ? null : (scene?.items.get(before) ?? null));
    if (hadFocus) (controls.focusedItem()?.element ?? picture).focus({ preventScroll: true });
    if (!scene) now.touched = false;
    else if (now.pane.width > 0)
      zoomer.current?.to(now.touched ? panned(now.viewport, 0, 0, scene, now.pane) : first(scene, now.pane));
  }, [scene, controls, now]);

  useLayoutEffect(() => {
    if (scene) markScene(scene, marks);
  }, [scene, marks]);

  const { scale, x, y } = viewport;
  return (
    <div class="picture-pane" ref={root}>
      <svg
        // Below this scale only names can be read: other texts would be noise.
        class={scale < LABELS_READABLE ? "picture tiny" : "picture"}
        ref={svg}
        role="application"
        aria-roledescription="traffic graph"
        aria-label={props.summary}
        aria-describedby={props.keysId}
        width={pane.width}
        height={pane.height}
        data-vscode-context='{"preventDefaultContextMenuItems":true}'
        onKeyDown={(event) => {
          const action = keyAction(event);
          if (!action) return;
          event.preventDefault();
          controls.act(action);
        }}
        onFocusIn={(event) => {
          const item = controls.itemAt(event.target);
          if (item && item.id !== now.focused) controls.setFocusable(item);
        }}
        onClick={(event) => controls.click(event.target)}
        onDblClick={(event) => {
          const item = controls.itemAt(event.target);
          if (item) props.go({ kind: item.kind, id: item.id });
        }}
        onContextMenu={(event) => controls.contextMenu(event)}
        onPointerMove={(event) => {
          const item = event.buttons === 0 ? controls.itemAt(event.target) : null;
          const box = root.current?.getBoundingClientRect();
          if (item?.id === hovered?.id || !box) return;
          setHovered(item ? { id: item.id, x: event.clientX - box.left, y: event.clientY - box.top } : null);
        }}
        onPointerLeave={() => setHovered(null)}
      >
        <g class="stage" ref={stage} transform={`translate(${round(x)} ${round(y)}) scale(${round(scale)})`} />
      </svg>
      {scene && props.minimap ? (
        <Minimap
          scene={scene}
          viewport={viewport}
          pane={pane}
          goTo={(middleX, middleY) => {
            now.touched = true;
            zoomer.current?.to({ scale, x: pane.width / 2 - middleX * scale, y: pane.height / 2 - middleY * scale });
          }}
        />
      ) : null}
      {scene ? <HoverCard hovered={hovered} scene={scene} /> : null}
    </div>
  );
}

interface Now {
  props: PictureProps;
  viewport: Viewport;
  pane: Size;
  /** A person has moved the picture: it stays where it is from then on. */
  touched: boolean;
  /** Id of the element that the Tab key stops at; null: the picture itself. */
  focused: string | null;
  drawings: number;
}

/** What keys, pointer and panel do with the picture. */
function pictureControls(
  now: Now,
  svg: RefObject<SVGSVGElement | null>,
  zoomer: RefObject<Zooming | null>,
  setHovered: (hovered: null) => void,
) {
  /** The application whose flows `[` and `]` walk round. */
  let around: string | null = null;
  const focusedItem = () => (now.focused === null ? null : (now.props.scene?.items.get(now.focused) ?? null));
  const itemAt = (target: EventTarget | null): SceneItem | null => {
    const owner = target instanceof Element ? target.closest("[data-node], [data-edge]") : null;
    const id = owner?.getAttribute("data-node") ?? owner?.getAttribute("data-edge");
    return (id !== null && id !== undefined && now.props.scene?.items.get(id)) || null;
  };
  const setFocusable = (item: SceneItem | null) => {
    focusedItem()?.element.setAttribute("tabindex", "-1");
    now.focused = item?.id ?? null;
    item?.element.setAttribute("tabindex", "0");
    svg.current?.setAttribute("tabindex", item ? "-1" : "0");
  };
  const focusOn = (item: SceneItem | null) => {
    if (!item) return;
    setFocusable(item);
    item.element.focus({ preventScroll: true });
    zoomer.current?.to(inSight(now.viewport, focusExtent(item), now.pane));
  };
  const selectionOf = (item: SceneItem): Selection => ({ kind: item.kind, id: item.id });
  const act = (action: KeyAction) => {
    const { scene } = now.props;
    if (!scene) return;
    setHovered(null);
    const at = focusedItem();
    switch (action.kind) {
      case "zoom":
        now.touched = true;
        zoomer.current?.by(action.factor, [now.pane.width / 2, now.pane.height / 2]);
        break;
      case "fit":
        now.touched = false;
        zoomer.current?.to(besideButtons(scene, now.pane, (room) => fitted(scene, room)));
        break;
      case "pan": {
        now.touched = true;
        const [dx, dy] = PAN[action.direction];
        zoomer.current?.pan(dx * PAN_STEP, dy * PAN_STEP);
        break;
      }
      case "choose":
        if (at) now.props.select(selectionOf(at));
        break;
      case "go":
        if (at) now.props.go(selectionOf(at));
        break;
      case "open":
        if (at) now.props.expand(at.id);
        break;
      case "leave":
        now.props.select(null);
        break;
      default:
        if (action.kind === "flow" && at?.kind === "node") around = at.id;
        focusOn(steppedTo(scene, at, action, around));
    }
  };
  return {
    act,
    itemAt,
    focusedItem,
    setFocusable,
    reveal: (ids: readonly string[]) => {
      const items = ids.flatMap((id) => now.props.scene?.items.get(id) ?? []);
      const [foremost] = items;
      if (!foremost) return;
      const all = union(items.map(focusExtent));
      const { scale } = now.viewport;
      const fits = all.width * scale <= now.pane.width && all.height * scale <= now.pane.height;
      zoomer.current?.to(inSight(now.viewport, fits ? all : focusExtent(foremost), now.pane));
    },
    click: (target: EventTarget | null) => {
      const item = itemAt(target);
      if (item) {
        setFocusable(item);
        item.element.focus({ preventScroll: true });
        now.props.select(selectionOf(item));
        return;
      }
      const box = target instanceof Element ? target.closest("[data-box]")?.getAttribute("data-box") : null;
      now.props.select(box ? { kind: "box", id: box } : null);
    },
    /** VS Code reads the element's `data-vscode-context` and shows its menu; a page by itself shows the panel's own. */
    contextMenu: (event: MouseEvent) => {
      const item = itemAt(event.target);
      if (item) setFocusable(item);
      if (!now.props.menu) return;
      event.preventDefault();
      if (!item) return;
      // The menu key gives no position worth using.
      const box = item.element.getBoundingClientRect();
      const byKey = event.clientX === 0 && event.clientY === 0;
      now.props.menu(
        selectionOf(item),
        byKey ? { x: box.left + box.width / 2, y: box.bottom } : { x: event.clientX, y: event.clientY },
      );
    },
  };
}

const PAN = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] } as const;

function first(scene: Scene, pane: Size): Viewport {
  return besideButtons(scene, pane, (room) => firstView(scene, room, subjectOf(scene.nodes)));
}

/** A picture that would lie below the zoom buttons is placed beside them. */
function besideButtons(picture: Extent, pane: Size, view: (room: Size) => Viewport): Viewport {
  const whole = view(pane);
  const right = (picture.x + picture.width) * whole.scale + whole.x;
  const top = picture.y * whole.scale + whole.y;
  if (right <= pane.width - BUTTONS.width || top >= BUTTONS.height) return whole;
  return view({ width: Math.max(1, pane.width - BUTTONS.width), height: pane.height });
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
