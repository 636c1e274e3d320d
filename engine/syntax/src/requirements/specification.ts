import { normalizedName } from "./name.ts";
import { isReadable } from "./version.ts";

/** What a PEP 508 string says. */
export interface Specification {
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifier: string;
  readonly marker: string | null;
  /** True for a direct reference (`name @ git+https://…`). */
  readonly elsewhere: boolean;
  /** False where the version constraint is no PEP 440 specifier, or one of over 200 characters; `specifier` is then "". */
  readonly readable: boolean;
}

const pattern = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*([\s\S]*)$/;

/** The normalised names of the package and its extras that a requirement asks for, and the text behind them; null without a name. */
export function requiredPackage(
  text: string,
): (Pick<Specification, "name" | "extras"> & { readonly rest: string }) | null {
  const found = pattern.exec(text);
  if (!found) return null;
  const [, name = "", inside = "", rest = ""] = found;
  const extras = inside
    .split(",")
    .map((extra) => normalizedName(extra.trim()))
    .filter((extra) => extra !== "");
  return { name: normalizedName(name), extras, rest };
}

/**
 * What a requirement such as `ops[testing]>=2.17,<3 ; python_version < "3.12"` says; a direct reference (`name @ https://…`)
 * has no version constraint. Null where it does not start with a name. (https://peps.python.org/pep-0508/)
 */
export function specificationOf(text: string): Specification | null {
  const named = requiredPackage(text);
  if (!named) return null;
  const { rest, ...packageName } = named;
  if (rest.startsWith("@")) {
    const marker = /\s;\s*(.*)$/s.exec(rest)?.[1]?.trim();
    return {
      ...packageName,
      specifier: "",
      marker: marker || null,
      elsewhere: true,
      readable: true,
    };
  }
  const semicolon = rest.indexOf(";");
  const constraint = (semicolon < 0 ? rest : rest.slice(0, semicolon))
    .trim()
    .replace(/^\((.*)\)$/s, "$1")
    .trim();
  const marker = semicolon < 0 ? null : rest.slice(semicolon + 1).trim() || null;
  const specifier = constraint.replace(/(?<!\s)\s*,\s*$/, "").replace(/\s+/g, "");
  const readable = isReadable(specifier);
  return {
    ...packageName,
    specifier: readable ? specifier : "",
    marker,
    elsewhere: false,
    readable,
  };
}
