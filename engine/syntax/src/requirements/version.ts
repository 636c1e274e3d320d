import { satisfies as contains, parse, valid, validRange } from "@renovatebot/pep440";

/**
 * Versions and specifiers that are longer are not read: they are compared part by part, several times for each bound. The longest
 * that the packages of a charm's lock file have are below 40 characters.
 */
const LONGEST = 200;

/**
 * Whether a version satisfies a PEP 440 specifier; a pre-release in a lock file counts like any version.
 * Null where one of the two can't be read or is longer than 200 characters: rules must then say nothing. "" admits every version.
 */
export function satisfies(version: string, specifier: string): boolean | null {
  if (!isReadable(specifier) || version.length > LONGEST || valid(version) === null) return null;
  return contains(version, specifier, { prereleases: true });
}

/**
 * Whether any version lies both in a specifier and in a range: `admits("<2", ">=2.1.0")` is false, so the constraint `<2`
 * shuts out everything from 2.1.0 on; `admits(">=2.0", "<2.1.0")` is true, so `>=2.0` lets an older one in.
 * Whether such a version was ever published is not known here. Null where one of the two can't be read.
 *
 * It tries the versions at, right above and right below every bound that either names: between two neighbouring bounds all
 * versions are alike to both (https://peps.python.org/pep-0440/#version-specifiers).
 */
export function admits(specifier: string, range: string): boolean | null {
  if (!isReadable(specifier) || !isReadable(range)) return null;
  const both = [specifier, range].filter((part) => part.trim() !== "").join(",");
  if (both === "") return true;
  // A pre-release is among the candidates only where a bound names it, and then it counts.
  return candidates(both).some((version) => contains(version, both, { prereleases: true }));
}

/** Whether a text is a PEP 440 specifier that is short enough to be compared. */
export function isReadable(specifier: string): boolean {
  return specifier.length <= LONGEST && validRange(specifier);
}

function candidates(specifier: string): string[] {
  const found = new Set(["0", "999999"]);
  for (const [, written = ""] of specifier.matchAll(/(?:[~=!<>]=|===|[<>])\s*([^\s,]+)/g)) {
    const bound = written.replace(/\.\*$/, "").replace(/^=/, "");
    const parsed = parse(bound);
    if (!parsed) continue;
    const epoch = parsed.epoch ? `${parsed.epoch}!` : "";
    found.add(bound);
    found.add(epoch + parsed.release.join("."));
    for (let parts = parsed.release.length; parts > 0; parts--) {
      const head = parsed.release.slice(0, parts);
      const last = head.pop() ?? 0;
      found.add(epoch + [...head, last + 1].join("."));
      found.add(epoch + [...head, last, ...parsed.release.slice(parts), 0, 1].join("."));
      if (last > 0) found.add(epoch + [...head, last - 1, 999999].join("."));
    }
  }
  return [...found];
}
