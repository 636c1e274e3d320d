import {
  argumentValue,
  asString,
  type CallSite,
  type Condition,
  callsNamed,
  callWith,
  type DictValue,
  knownValue,
  optionsOfValue,
  type Program,
  type PyValue,
} from "#python";
import {
  type Location,
  parseYamlDocuments,
  type SourceFile,
  sourceFile,
  type YamlNode,
  type YamlScalar,
  yamlTarget,
} from "#syntax";
import { plainData } from "../calls/plain-data.ts";
import { MANIFEST_LOADERS } from "../catalog/manifest-loaders.ts";
import type { CharmFiles } from "../charm-files.ts";
import type { RawNode, RawPolicy } from "../declared-policy.ts";
import { entriesOf, keyText } from "../metadata/yaml-values.ts";
import {
  conditionAround,
  dependsOnBlocks,
  type Hole,
  type JinjaTemplate,
  jinjaTemplate,
  templateParts,
} from "./jinja-template.ts";
import { holdsPolicy, isManifestPath, isNamedInPython, isOwnPython } from "./manifest-path.ts";

/**
 * The AuthorizationPolicy resources in the manifests and Jinja templates that a charm applies, in the order of their paths. A file counts
 * as applied where the charm's Python names it and loads manifests. A named one that no known function loads is conditional, and one that
 * nothing names is only text. Holes are filled with the values of the
 * contexts that the loaders get. Whatever can't be read, a part that a block may leave out among it, is `unread` in the resource; so is
 * all of a file that can't be read itself.
 */
export function manifestPolicies(program: Program, charm: CharmFiles): readonly RawPolicy[] {
  const manifests = [...charm.files].filter(([path, file]) => isManifestPath(path) && holdsPolicy(file.text));
  const unreadable = [...charm.unreadable].filter(([path]) => isManifestPath(path));
  const inPython = [...charm.files].some(
    ([path, { text }]) => isOwnPython(path) && holdsPolicy(text) && text.includes("apiVersion"),
  );
  if (manifests.length + unreadable.length === 0 && !inPython) return [];
  const loaders = callsNamed(program, MANIFEST_LOADERS.names);
  const values = contextOf(program, loaders);
  const found: RawPolicy[] = [];
  for (const [path, file] of manifests.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isNamedInPython(charm.files, path)) continue;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const named = loaders.filter(({ call }) => call.file.text.slice(call.span.start, call.span.end).includes(name));
    const condition = loaders.length === 0 ? UNKNOWN_LOADER : commonCondition(named.length > 0 ? named : loaders);
    found.push(...policiesIn(program, file, values, condition, (node) => ({ file, span: node.span })));
  }
  for (const [path, why] of unreadable) {
    if (!isNamedInPython(charm.files, path)) continue;
    const file = sourceFile(charm.root === "" ? path : `${charm.root}/${path}`, "");
    const place: Location = { file, span: { start: 0, end: 0 } };
    const part: RawNode = { kind: "unread", why: `the file ${why}` };
    const resource = { metadata: part, spec: part };
    const kind = "authorization-policy";
    found.push({ kind, isManifest: true, call: place, callee: place, condition: null, resource });
  }
  for (const site of loaders) {
    const given = site.arguments.positional[0];
    const text = given && knownValue(asString(argumentValue(program, given)));
    if (text === undefined || !holdsPolicy(text)) continue;
    const file = sourceFile(`${site.call.file.path}#manifest`, text);
    found.push(...policiesIn(program, file, values, site.condition, () => site.call));
  }
  return found;
}

const UNKNOWN_LOADER: Condition = [{ kind: "outside", fact: "the charm applies this manifest" }];

/** The values that a template's names may have; null for a name whose values differ or can't be read. */
export interface Context {
  readonly values: ReadonlyMap<string, PyValue | null>;
  /** Why a name that no context holds can't be read. */
  readonly open: string | null;
}

/** The names that all loaders get together: which of them renders a file is not followed. */
export function contextOf(program: Program, loaders: readonly CallSite[]): Context {
  const values = new Map<string, PyValue | null>();
  let open: string | null = null;
  const add = (name: string, value: PyValue) => {
    const known = values.get(name);
    const isSame = known && JSON.stringify(plainData(program, known)) === JSON.stringify(plainData(program, value));
    values.set(name, known === undefined || isSame ? value : null);
  };
  const addDict = (given: PyValue) => {
    for (const option of optionsOfValue(given)) {
      if (option.kind !== "dict" || option.open !== null) open ??= "the context of the template can't be read";
      if (option.kind === "dict") for (const [name, value] of namesIn(option)) add(name, value);
    }
  };
  for (const site of loaders) {
    const { keywords, positional } = site.arguments;
    for (const name of MANIFEST_LOADERS.contexts) {
      const given = keywords.get(name);
      if (!given) continue;
      const value = argumentValue(program, given);
      addDict(value.kind === "function" ? callWith(program, value, [], site.call) : value);
    }
    if (!MANIFEST_LOADERS.renders.includes(site.name)) continue;
    for (const [name, given] of keywords) add(name, argumentValue(program, given));
    for (const given of positional) addDict(argumentValue(program, given));
    if (site.arguments.open !== null) open ??= site.arguments.open;
  }
  return { values, open };
}

function namesIn({ entries }: DictValue): readonly (readonly [string, PyValue])[] {
  return entries.flatMap(({ key, value, condition }): (readonly [string, PyValue])[] =>
    key.kind === "string" && condition === null ? [[key.value, value]] : [],
  );
}

/** When manifests are loaded, as far as all these calls agree. */
function commonCondition(sites: readonly CallSite[]): Condition | null {
  const conditions = sites.map(({ condition }) => condition);
  if (conditions.includes(null)) return null;
  const [only] = conditions;
  return conditions.length === 1 && only ? only : [{ kind: "undecided" }];
}

function policiesIn(
  program: Program,
  file: SourceFile,
  context: Context,
  outer: Condition | null,
  placeOf: (node: YamlNode) => Location,
): readonly RawPolicy[] {
  const template = jinjaTemplate(file.text);
  const documents = parseYamlDocuments(sourceFile(file.path, template.text));
  const reader: Reader = { program, template, context };
  return documents.flatMap(({ root, problems }) =>
    resourcesIn(root).map((node): RawPolicy => {
      const { start, end } = node.span;
      const around = conditionAround(template, start);
      const why =
        template.unread ??
        problems[0]?.message ??
        (dependsOnBlocks(template, start, end) ? "a block of the template may leave parts of it out" : null);
      const part = (name: string): RawNode => (why === null ? nodeAt(reader, node, name) : { kind: "unread", why });
      const place = placeOf(node);
      return {
        kind: "authorization-policy",
        isManifest: true,
        call: place,
        callee: place,
        condition: outer === null || around === null ? (outer ?? around) : [...outer, ...around],
        resource: { metadata: part("metadata"), spec: part("spec") },
      };
    }),
  );
}

/** The AuthorizationPolicy maps of a document: itself, or the items of a list. */
function resourcesIn(root: YamlNode | null): readonly YamlNode[] {
  const node = yamlTarget(root);
  if (node?.kind !== "map") return [];
  const kind = textAt(node, "kind");
  if (kind === "AuthorizationPolicy") return /istio/.test(textAt(node, "apiVersion") ?? "istio") ? [node] : [];
  const items = entriesOf(node).find((entry) => keyText(entry) === "items")?.value;
  const list = yamlTarget(items ?? null);
  return kind?.endsWith("List") && list?.kind === "sequence" ? list.items.flatMap((item) => resourcesIn(item)) : [];
}

function textAt(node: YamlNode, name: string): string | null {
  const value = yamlTarget(
    node.kind === "map" ? (entriesOf(node).find((entry) => keyText(entry) === name)?.value ?? null) : null,
  );
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : null;
}

/** What fills the holes of one template. */
export interface Reader {
  readonly program: Program;
  readonly template: JinjaTemplate;
  readonly context: Context;
}

const NULL: RawNode = { kind: "value", value: null };

function nodeAt(reader: Reader, map: YamlNode, name: string): RawNode {
  const entry = map.kind === "map" ? entriesOf(map).find((each) => keyText(each) === name) : undefined;
  return entry ? nodeOf(reader, entry.value, 0) : NULL;
}

/** Levels that are read; a resource has fewer than ten. */
const DEEPEST = 40;

function nodeOf(reader: Reader, given: YamlNode | null, depth: number): RawNode {
  const node = yamlTarget(given);
  if (node === null) return NULL;
  if (depth > DEEPEST) return { kind: "unread", why: "it is nested too deeply" };
  if (node.kind === "sequence")
    return { kind: "list", items: node.items.map((item) => nodeOf(reader, item, depth + 1)) };
  if (node.kind === "scalar") return scalarOf(reader, node);
  const fields = new Map<string, RawNode>();
  for (const entry of node.kind === "map" ? entriesOf(node) : []) {
    const key = textOf(reader, keyText(entry));
    if (typeof key !== "string") return { kind: "unread", why: key.why };
    fields.set(key, nodeOf(reader, entry.value, depth + 1));
  }
  return { kind: "object", fields };
}

function scalarOf(reader: Reader, { value, style }: YamlScalar): RawNode {
  if (typeof value !== "string") return { kind: "value", value };
  const text = textOf(reader, value);
  if (typeof text !== "string") return { kind: "unread", why: text.why };
  if (style !== "plain" || text === value) return { kind: "value", value: text };
  // A hole is filled before YAML is read, so that `port: {{ port }}` is a number.
  if (/^(?:0|-?[1-9]\d*)$/.test(text)) return { kind: "value", value: Number(text) };
  return { kind: "value", value: text === "true" || text === "false" ? text === "true" : text };
}

/** Placeholders of other template languages: `$name`, `${name}`, `{name}`, `%(name)s`. */
const FORMATTED = /\$\{?[A-Za-z_]|\{[A-Za-z_]\w*\}|%\(\w+\)s/;

/** A text with its holes filled; `why` for one that can't be. */
export function textOf({ program, template, context }: Reader, text: string): string | { readonly why: string } {
  let filled = "";
  for (const part of templateParts(text, template.holes)) {
    if (typeof part === "string" && FORMATTED.test(part))
      return { why: `a placeholder in \`${part.slice(0, 60)}\` is filled when the charm runs` };
    const value = typeof part === "string" ? part : holeText(program, template, context, part);
    if (typeof value !== "string") return value;
    filled += value;
  }
  return filled;
}

function holeText(
  program: Program,
  { assigned }: JinjaTemplate,
  context: Context,
  { expression }: Hole,
): string | { readonly why: string } {
  const why = `\`{{ ${expression.slice(0, 60)} }}\` is filled when the charm runs`;
  const literal = /^(?:"([^"\\]*)"|'([^'\\]*)'|(\d+))$/.exec(expression);
  if (literal) return literal[1] ?? literal[2] ?? literal[3] ?? "";
  if (!/^[A-Za-z_]\w*$/.test(expression) || assigned.has(expression)) return { why };
  const value = context.open === null ? context.values.get(expression) : undefined;
  if (!value) return { why: context.open === null ? why : `${why} (${context.open})` };
  const data = plainData(program, value);
  if (data.kind === "template") return data.text;
  return data.kind === "known" && (typeof data.value === "string" || typeof data.value === "number")
    ? String(data.value)
    : { why };
}
