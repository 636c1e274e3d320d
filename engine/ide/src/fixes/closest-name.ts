import { distance as editDistance } from "fastest-levenshtein";

/** Names longer than any that Juju allows are compared with nothing: the distance takes time by the product of both lengths. */
const LONGEST = 200;

/** More candidates than a charm has relations, libraries or methods, and than there are rules. */
const MOST_CANDIDATES = 150;

/**
 * The candidate that is spelled most like a name, if one is near enough to be meant; null otherwise. Names over 200 characters and
 * candidates after the first 150 are not compared.
 */
export function closestName(name: string, candidates: Iterable<string>): string | null {
  if (name.length > LONGEST) return null;
  let best: string | null = null;
  let distance = Math.max(2, Math.floor(name.length / 3)) + 1;
  let tried = 0;
  for (const candidate of candidates) {
    if (tried++ >= MOST_CANDIDATES) break;
    if (candidate === name || candidate.length > LONGEST) continue;
    const found = distanceWithin(name, candidate, distance);
    if (found < distance) {
      best = candidate;
      distance = found;
    }
  }
  return best;
}

/** 0 for names that differ in case and separators only, else Levenshtein's distance; `limit` where that is not smaller. */
function distanceWithin(name: string, candidate: string, limit: number): number {
  if (normalized(candidate) === normalized(name)) return 0;
  return Math.abs(name.length - candidate.length) >= limit ? limit : editDistance(name, candidate);
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, "");
}
