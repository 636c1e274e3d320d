import { memo } from "../memo.ts";
import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { Span } from "../text/span.ts";
import { parseToml, tomlGet } from "../toml/document.ts";
import type { TomlValue } from "../toml/node.ts";
import { normalizedName } from "./name.ts";
import { poetrySpecifier } from "./poetry-constraint.ts";
import type { Requirement } from "./requirement.ts";
import type { RequirementsFile } from "./requirements-file.ts";
import { specificationOf } from "./specification.ts";

interface Reading {
  readonly file: SourceFile;
  /** Packages that uv takes from somewhere else than a registry. */
  readonly elsewhere: ReadonlySet<string>;
  readonly requirements: Requirement[];
  readonly problems: SyntaxProblem[];
}

/**
 * The requirements of a pyproject.toml: PEP 621's `dependencies` (group null) and `optional-dependencies` (group: the extra),
 * PEP 735's `dependency-groups` with what they include, uv's `dev-dependencies`, poetry's `dependencies`, groups and
 * `dev-dependencies` with `^` and `~` translated. What can't be read is a problem; the rest is read. Cached by the file.
 * (https://packaging.python.org/en/latest/specifications/pyproject-toml/, https://peps.python.org/pep-0735/,
 * https://python-poetry.org/docs/pyproject/, https://docs.astral.sh/uv/concepts/projects/dependencies/)
 */
export const parsePyproject = memo((file: SourceFile): RequirementsFile => {
  const { root, problems } = parseToml(file);
  const elsewhere = new Set(
    tables(tomlGet(root, "tool", "uv", "sources")).flatMap(([name, value]) => uvSource(name, value)),
  );
  const r: Reading = { file, elsewhere, requirements: [], problems: [...problems] };
  list(r, tomlGet(root, "project", "dependencies"), null);
  for (const [extra, value] of tables(tomlGet(root, "project", "optional-dependencies")))
    list(r, value, normalizedName(extra));
  const groups = new Map(
    tables(tomlGet(root, "dependency-groups")).map(([name, value]) => [normalizedName(name), value] as const),
  );
  for (const name of groups.keys()) group(r, groups, name, name, new Set());
  list(r, tomlGet(root, "tool", "uv", "dev-dependencies"), "dev");
  poetry(r, tomlGet(root, "tool", "poetry"));
  return { requirements: r.requirements, includes: [], problems: r.problems };
});

function tables(value: TomlValue | null): [string, TomlValue][] {
  return value?.kind === "table" ? [...value.entries].map(([name, entry]) => [name, entry.value]) : [];
}

/** The package's name where `tool.uv.sources` takes it from git, a URL, a path or the workspace; an index is a registry. */
function uvSource(name: string, value: TomlValue): readonly string[] {
  const sources = value.kind === "array" ? value.items : [value];
  const apart = sources.some((each) => ["git", "url", "path", "workspace"].some((key) => tomlGet(each, key) !== null));
  return apart ? [normalizedName(name)] : [];
}

function list(r: Reading, value: TomlValue | null, name: string | null): void {
  if (value?.kind !== "array") return;
  for (const item of value.items) if (item.kind === "scalar") written(r, item.value, item.span, name);
}

/** A string of PEP 508; its span is what stands between the quotes. */
function written(r: Reading, text: string | number | boolean, span: Span, name: string | null): void {
  const inside = { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) };
  const found = typeof text === "string" ? specificationOf(text) : null;
  if (!found) {
    r.problems.push({
      span,
      message: `\`${String(text)}\` is no requirement: it does not start with a package's name.`,
    });
    return;
  }
  if (!found.readable) r.problems.push({ span, message: `The version constraint of \`${found.name}\` can't be read.` });
  const location = { file: r.file, span: inside };
  const { name: packageName, specifier, marker, extras } = found;
  const elsewhere = found.elsewhere || r.elsewhere.has(packageName);
  r.requirements.push({ name: packageName, specifier, group: name, marker, extras, elsewhere, location });
}

/** A dependency group and, as part of it, the groups it includes; a group that includes itself ends there. */
function group(
  r: Reading,
  groups: ReadonlyMap<string, TomlValue>,
  name: string,
  owner: string,
  seen: Set<string>,
): void {
  const value = groups.get(name);
  if (value?.kind !== "array" || seen.has(name)) return;
  seen.add(name);
  for (const item of value.items) {
    if (item.kind === "scalar") written(r, item.value, item.span, owner);
    const included = tomlGet(item, "include-group");
    if (included?.kind === "scalar") group(r, groups, normalizedName(String(included.value)), owner, seen);
  }
}

function poetry(r: Reading, value: TomlValue | null): void {
  const extras = tables(tomlGet(value, "extras"));
  const extraOf = (name: string): string => {
    for (const [extra, names] of extras) {
      if (names.kind !== "array") continue;
      const listed = names.items.some((item) => item.kind === "scalar" && normalizedName(String(item.value)) === name);
      if (listed) return normalizedName(extra);
    }
    return "optional";
  };
  poetryTable(r, tomlGet(value, "dependencies"), null, extraOf);
  poetryTable(r, tomlGet(value, "dev-dependencies"), "dev", extraOf);
  for (const [name, each] of tables(tomlGet(value, "group"))) {
    poetryTable(r, tomlGet(each, "dependencies"), normalizedName(name), extraOf);
  }
}

function texts(value: TomlValue | null): readonly string[] {
  if (value?.kind !== "array") return [];
  return value.items.flatMap((each) => (each.kind === "scalar" && typeof each.value === "string" ? [each.value] : []));
}

function poetryTable(
  r: Reading,
  value: TomlValue | null,
  owner: string | null,
  extraOf: (name: string) => string,
): void {
  if (value?.kind !== "table") return;
  for (const [key, entry] of value.entries) {
    const name = normalizedName(key);
    if (name === "python") continue;
    const location = { file: r.file, span: entry.span };
    for (const each of entry.value.kind === "array" ? entry.value.items : [entry.value]) {
      const constraint = each.kind === "scalar" ? each : tomlGet(each, "version");
      const specifier = constraint?.kind === "scalar" ? poetrySpecifier(String(constraint.value)) : "";
      const markers = tomlGet(each, "markers");
      const marker = markers?.kind === "scalar" ? String(markers.value) : null;
      const optional = tomlGet(each, "optional");
      const chosen = optional?.kind === "scalar" && optional.value === true ? (owner ?? extraOf(name)) : owner;
      const extras = texts(tomlGet(each, "extras")).map(normalizedName);
      const elsewhere = ["git", "path", "url", "file"].some((key) => tomlGet(each, key) !== null);
      r.requirements.push({ name, specifier, group: chosen, marker, extras, elsewhere, location });
    }
  }
}
