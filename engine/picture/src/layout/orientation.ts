/** A link between two blocks of the layout. */
export interface Link {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Lower numbers are drawn from left to right first; what would close a circle afterwards runs from right to left. */
  readonly priority: number;
}

/**
 * The ids of the links that run from right to left, so that the others form no circle. Links from a block to itself are in neither group's
 * way and stay out. The result depends on the links and their order only.
 */
export function backwardLinks(links: readonly Link[]): ReadonlySet<string> {
  const backward = new Set<string>();
  const after = new Map<string, Set<string>>();
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set([from]);
    for (const at of seen) {
      if (at === to) return true;
      for (const next of after.get(at) ?? []) seen.add(next);
    }
    return false;
  };
  const ordered = links.filter(({ source, target }) => source !== target).sort((a, b) => a.priority - b.priority);
  for (const { id, source, target } of ordered) {
    const closesCircle = reaches(target, source);
    if (closesCircle) backward.add(id);
    const [left, right] = closesCircle ? [target, source] : [source, target];
    const known = after.get(left);
    if (known) known.add(right);
    else after.set(left, new Set([right]));
  }
  return backward;
}
