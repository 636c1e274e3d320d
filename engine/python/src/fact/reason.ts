import type { Location } from "#syntax";

/**
 * Why something is so: one step, in words, with the place in the charm's sources or the citation it rests on.
 * Everything derived carries a list of these, from the use towards the origin.
 */
export interface Reason {
  readonly text: string;
  readonly location: Location | null;
  /** Where the knowledge comes from when it does not stand in the charm: a library with its version, or a guide's step. */
  readonly citation: string | null;
}

/** A reason that stands in a file. */
export function reasonAt(location: Location, text: string): Reason {
  return { text, location, citation: null };
}

/** A reason that rests on a library's or guide's behaviour. */
export function citedReason(text: string, citation: string): Reason {
  return { text, location: null, citation };
}
