import type { CharmModel } from "#charm";
import { type FileEdit, type Requirement, requirementInsertion, type SourceFile } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { replacementFix } from "../edits/fix.ts";

/**
 * Gives a requirement another constraint where it is written as PEP 508 text (`name>=1`, with or without quotes); extras and
 * markers stay. Nothing for other forms, such as a poetry table.
 */
export function reconstrainedFixes(requirement: Requirement | null | undefined, specifier: string): Fix[] {
  if (!requirement) return [];
  const { location } = requirement;
  const written = location.file.text.slice(location.span.start, location.span.end);
  const [, quote = "", inside = ""] = /^(["']?)(.*)\1$/.exec(written) ?? [];
  const parts = /^([A-Za-z0-9][\w.-]*)(\s*\[[^\]]*\])?\s*(?:[<>=!~]=?[^;@"'{]*)?(;.*)?$/.exec(inside);
  if (parts && !(quote && inside.includes(quote))) {
    const [, name = "", extras = "", marker = ""] = parts;
    const text = `${name}${extras}${specifier}${marker ? ` ${marker}` : ""}`;
    return [replacementFix(`Ask for ${name}${specifier}`, location, quote + text + quote)];
  }
  const poetry = /^([\w.-]+)(\s*=\s*)(["'])[^"']*\3$/.exec(written);
  if (!poetry) return [];
  const [, name = "", equals = "", mark = ""] = poetry;
  return [replacementFix(`Ask for ${name}${specifier}`, location, name + equals + mark + specifier + mark)];
}

/**
 * Adds a requirement to the file that holds a charm's own. A requirements.txt that is compiled from a requirements.in gets it in
 * both: the build reads the one, people edit the other. No edit where the file has no place for it.
 */
export function addedRequirement(
  file: SourceFile,
  requirement: string,
  { charm }: Pick<CharmModel, "charm">,
): FileEdit[] {
  const source = charm.files.get("requirements.txt") === file ? charm.files.get("requirements.in") : undefined;
  const edit = requirementInsertion(file, requirement);
  const written = source && requirementInsertion(source, requirement);
  return [edit, written].filter((each) => each != null);
}
