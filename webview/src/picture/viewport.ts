/** Where the picture stands in its pane: `screen = picture × scale + (x, y)`. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Extent {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MIN_SCALE = 0.1;
export const MAX_SCALE = 4;
/** A picture is not blown up to fill a large pane. */
const LARGEST_FIT = 1.15;
/** Below this the labels of lines are left out: they are 12 pixels high at scale 1. */
export const LABELS_READABLE = 0.5;
/** From this scale on labels are 9 pixels high: a picture starts as a whole if it fits so, else with a part of it. */
const READABLE = 0.75;
/** The largest scale of a picture that starts with a part: a smaller one that shows its whole width is better. */
const PARTLY = 0.85;
const MARGIN = 8;

function bounded(scale: number): number {
  return Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
}

/** The whole picture in the middle of the pane, as large as it goes. */
export function fitted(picture: Extent, pane: Size): Viewport {
  const room = (size: number) => Math.max(1, size - 2 * MARGIN);
  const scale = bounded(
    Math.min(
      LARGEST_FIT,
      room(pane.width) / Math.max(1, picture.width),
      room(pane.height) / Math.max(1, picture.height),
    ),
  );
  return {
    scale,
    x: (pane.width - picture.width * scale) / 2 - picture.x * scale,
    y: (pane.height - picture.height * scale) / 2 - picture.y * scale,
  };
}

/**
 * How a picture is first shown: whole if it can be read so, else readable, from its upper left, or as far from there as what is `subject`
 * of it needs to be in sight.
 */
export function firstView(picture: Extent, pane: Size, subject?: Pick<Extent, "x" | "y">): Viewport {
  const whole = fitted(picture, pane);
  if (whole.scale >= READABLE) return whole;
  const scale = Math.min(PARTLY, Math.max(READABLE, (pane.width - 2 * MARGIN) / Math.max(1, picture.width)));
  const start = (size: number, length: number, from: number, middle: number) => {
    if (length * scale + 2 * MARGIN <= size) return (size - length * scale) / 2 - from * scale;
    const first = MARGIN - from * scale;
    const last = size - MARGIN - (from + length) * scale;
    return Math.max(last, Math.min(first, size / 2 - middle * scale));
  };
  return {
    scale,
    x: start(pane.width, picture.width, picture.x, subject?.x ?? picture.x),
    y: start(pane.height, picture.height, picture.y, subject?.y ?? picture.y),
  };
}

/** Moves by so many pixels, but never so far that nothing of the picture is left to see. */
export function panned(viewport: Viewport, dx: number, dy: number, picture: Extent, pane: Size): Viewport {
  const keep = 48;
  const within = (offset: number, from: number, length: number, size: number) => {
    const least = keep - (from + length) * viewport.scale;
    const most = size - keep - from * viewport.scale;
    return Math.min(most, Math.max(least, offset));
  };
  return {
    scale: viewport.scale,
    x: within(viewport.x + dx, picture.x, picture.width, pane.width),
    y: within(viewport.y + dy, picture.y, picture.height, pane.height),
  };
}

/** Moves just as far as needed for something to be in sight. */
export function inSight(viewport: Viewport, item: Extent, pane: Size): Viewport {
  const margin = 32;
  const shift = (offset: number, from: number, length: number, size: number) => {
    const start = from * viewport.scale + offset;
    const end = (from + length) * viewport.scale + offset;
    if (end - start > size - 2 * margin || start < margin) return margin - start;
    return end > size - margin ? size - margin - end : 0;
  };
  const dx = shift(viewport.x, item.x, item.width, pane.width);
  const dy = shift(viewport.y, item.y, item.height, pane.height);
  return dx === 0 && dy === 0 ? viewport : { scale: viewport.scale, x: viewport.x + dx, y: viewport.y + dy };
}

/** The part of the picture that is in sight. */
export function visibleExtent(viewport: Viewport, pane: Size): Extent {
  return {
    x: -viewport.x / viewport.scale,
    y: -viewport.y / viewport.scale,
    width: pane.width / viewport.scale,
    height: pane.height / viewport.scale,
  };
}

/** This much of a picture's empty rim may be out of sight before it is worth a minimap. */
const RIM = 16;

/** Whether some of the picture is out of sight: then a minimap helps. */
export function overflows(viewport: Viewport, picture: Extent, pane: Size): boolean {
  const seen = visibleExtent(viewport, pane);
  const slack = RIM / viewport.scale;
  return (
    picture.x < seen.x - slack ||
    picture.y < seen.y - slack ||
    picture.x + picture.width > seen.x + seen.width + slack ||
    picture.y + picture.height > seen.y + seen.height + slack
  );
}
