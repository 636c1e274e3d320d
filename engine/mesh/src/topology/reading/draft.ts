import {
  type Location,
  type SourceFile,
  type Span,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  yamlTarget,
} from "#syntax";

/** A step into a value: a key of a mapping or an index of a list. */
export type Step = string | number;

/**
 * A YAML or JSON document as plain data that zod can look at, and that parts can be taken out of, while it is still known where
 * in the file each remaining part stands.
 */
export interface Draft {
  readonly file: SourceFile;
  readonly value: unknown;
  /** The place of the part at `path`, or of the innermost part around it that is there. */
  readonly at: (path: readonly Step[]) => Location;
  /** The place of the key under which the part at `path` stands; the part's own place where it stands in a list. */
  readonly keyAt: (path: readonly Step[]) => Location;
  /** Takes the part at `path` out of the value. False where there is none. */
  readonly remove: (path: readonly Step[]) => boolean;
}

/** More parts than this are not taken in: anchors and aliases can blow a small file up to any size. */
const MAX_PARTS = 2_000_000;
const MAX_DEPTH = 200;

type Container = Record<string, unknown> | unknown[];

interface Places {
  /** Where the members of a container stand, in step with its keys or indexes. */
  readonly members: WeakMap<Container, Map<Step, { key: Span | null; value: Span }> | (Span | null)[]>;
  parts: number;
}

/** Plain data of a document's root, with places. What is too deep or too much is read as null. */
export function draftOf(file: SourceFile, root: YamlNode | null): Draft {
  const places: Places = { members: new WeakMap(), parts: 0 };
  const value = plain(root, places, 0);
  const whole: Span = root?.span ?? { start: 0, end: 0 };
  const place = (path: readonly Step[], wantKey: boolean): Location => {
    let here: unknown = value;
    let span = firstLine(file, whole);
    for (const [index, step] of path.entries()) {
      const found = memberPlace(places, here, step);
      if (!found) break;
      span = wantKey && index === path.length - 1 && found.key !== null ? found.key : found.value;
      here = (here as Record<Step, unknown>)[step];
    }
    return { file, span };
  };
  return {
    file,
    value,
    at: (path) => place(path, false),
    keyAt: (path) => place(path, true),
    remove: (path) => removed(places, value, path),
  };
}

/** A whole document is no place to point at: its first line is. */
function firstLine(file: SourceFile, whole: Span): Span {
  const end = file.text.indexOf("\n", whole.start);
  return { start: whole.start, end: end < 0 || end > whole.end ? whole.end : end };
}

function plain(node: YamlNode | null, places: Places, depth: number): unknown {
  if (node === null || depth > MAX_DEPTH || ++places.parts > MAX_PARTS) return null;
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "alias":
      return plain(node.target, places, depth + 1);
    case "sequence": {
      const list = node.items.map((item) => plain(item, places, depth + 1));
      places.members.set(
        list,
        node.items.map((item) => item?.span ?? null),
      );
      return list;
    }
    case "map": {
      // Without a prototype, so that a key such as `__proto__` or `constructor` is a key like any other.
      const record: Record<string, unknown> = Object.create(null);
      const members = new Map<Step, { key: Span | null; value: Span }>();
      for (const entry of entriesOf(node)) {
        const key = String(entry.key.value);
        record[key] = plain(entry.value, places, depth + 1);
        members.set(key, { key: entry.key.span, value: entry.value?.span ?? entry.key.span });
      }
      places.members.set(record, members);
      return record;
    }
  }
}

/** A map's entries, those that it merges in (`<<: *base`) first, so that its own win. */
function entriesOf(map: YamlMap): readonly YamlEntry[] {
  const merges = (entry: YamlEntry): boolean => entry.key.value === "<<" && entry.key.style === "plain";
  if (!map.entries.some(merges)) return map.entries;
  const merged = map.entries.filter(merges).flatMap((entry): YamlEntry[] => {
    const target = yamlTarget(entry.value);
    const maps = target?.kind === "sequence" ? target.items.map(yamlTarget).reverse() : [target];
    // One level deep: more does not occur in bundles, and an anchor that merges itself cannot loop.
    return maps.flatMap((one) => (one?.kind === "map" ? one.entries.filter((inner) => !merges(inner)) : []));
  });
  return [...merged, ...map.entries.filter((entry) => !merges(entry))];
}

function memberPlace(places: Places, container: unknown, step: Step): { key: Span | null; value: Span } | null {
  if (typeof container !== "object" || container === null) return null;
  const members = places.members.get(container as Container);
  if (members === undefined) return null;
  if (!Array.isArray(members)) return members.get(String(step)) ?? null;
  const span = members[Number(step)];
  return span ? { key: null, value: span } : null;
}

function removed(places: Places, root: unknown, path: readonly Step[]): boolean {
  let container: unknown = root;
  for (const step of path.slice(0, -1)) {
    if (typeof container !== "object" || container === null) return false;
    container = (container as Record<Step, unknown>)[step];
  }
  const last = path.at(-1);
  if (last === undefined || typeof container !== "object" || container === null) return false;
  if (Array.isArray(container)) {
    const index = Number(last);
    if (!(index < container.length)) return false;
    container.splice(index, 1);
    const spans = places.members.get(container);
    if (Array.isArray(spans)) spans.splice(index, 1);
    return true;
  }
  if (!Object.hasOwn(container, last)) return false;
  delete (container as Record<Step, unknown>)[last];
  return true;
}
