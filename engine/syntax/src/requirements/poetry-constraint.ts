import { validRange } from "@renovatebot/pep440";

/**
 * Poetry's version constraint in PEP 440 form: `^1.2` is `>=1.2,<2`, `~1.2.3` is `>=1.2.3,<1.3`, `*` is "", a bare version
 * is `==`. Alternatives (`||`) can't be said in PEP 440 and give "", as does what can't be read.
 * (https://python-poetry.org/docs/dependency-specification/#version-constraints)
 */
export function poetrySpecifier(constraint: string): string {
  if (constraint.includes("|")) return "";
  const parts = constraint
    .trim()
    .replace(/(~=|[<>!=]=?=?|[\^~])\s+/g, "$1")
    .split(/\s*,\s*|\s+/)
    .filter((part) => part !== "" && part !== "*")
    .map(translated);
  const specifier = parts.join(",");
  return validRange(specifier) ? specifier : "";
}

function translated(part: string): string {
  if (/^[<>!=]|^~=/.test(part)) return part;
  const version = part.replace(/^[\^~]/, "");
  const release = (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? "").split(".").map(Number);
  if (part.startsWith("^")) {
    // Up to the next change of the first number that is not zero.
    const first = release.findIndex((number) => number !== 0);
    return `>=${version},<${raised(release, first < 0 ? release.length - 1 : first)}`;
  }
  if (part.startsWith("~")) return `>=${version},<${raised(release, Math.min(1, release.length - 1))}`;
  return `==${version}`;
}

/** The first version whose number at `place` is one higher. */
function raised(release: readonly number[], place: number): string {
  return [...release.slice(0, place), (release[place] ?? 0) + 1].join(".");
}
