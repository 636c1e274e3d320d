import {
  dependentMemo,
  type Location,
  parseYaml,
  type SourceFile,
  type YamlDocument,
  type YamlMap,
  yamlEntry,
  yamlGet,
  yamlTarget,
} from "#syntax";
import type { CharmFiles } from "../charm-files.ts";
import { charmLibsOf } from "./charm-libs.ts";
import { configOptionsOf } from "./config-options.ts";
import type { CharmMetadata, ConfigOption } from "./metadata.ts";
import { duplicateEndpoints, RELATION_SIDES, relationsOf } from "./relations.ts";
import { entriesOf, keyText, mapAt, mapOf, placeOf, stringAt } from "./yaml-values.ts";

interface MetadataFile {
  readonly file: SourceFile;
  readonly document: YamlDocument;
  readonly root: YamlMap | null;
}

const YAML_FILES = ["charmcraft.yaml", "metadata.yaml", "config.yaml"] as const;

const metadataOfFiles = dependentMemo<SourceFile, CharmMetadata>();

/**
 * The metadata of a charm: charmcraft.yaml, or the older three: metadata.yaml for names and relations, config.yaml for
 * options, charmcraft.yaml for parts and libraries. Absent files give an empty result; `problems` reports damage
 * (relations) and by `relationsComplete` being false (anything that may hide a relation). The same object as long as these files
 * are: an edit in Python does not recompute what depends on relations.
 */
export function charmMetadata(charm: CharmFiles): CharmMetadata {
  const files = YAML_FILES.map((path) => charm.files.get(path) ?? null);
  const first = files.find((file) => file !== null);
  const restsOn = [...files, ...YAML_FILES.map((path) => charm.unreadable.has(path))];
  return first ? metadataOfFiles(first, restsOn, () => metadataIn(charm)) : metadataIn(charm);
}

function metadataIn(charm: CharmFiles): CharmMetadata {
  const charmcraft = yamlFile(charm, "charmcraft.yaml");
  const metadata = yamlFile(charm, "metadata.yaml");
  const declaring = [metadata, charmcraft].filter((file) => file !== null);
  const main = declaresCharm(charmcraft) ? charmcraft : (metadata ?? charmcraft);
  const read = declaring.map((file) => relationsOf(file.file, file.root));
  const relations = read.flatMap((each) => each.relations);
  const name = nameOf(main) ?? nameOf(metadata);
  const extensions = extensionsOf(charmcraft);
  const unread = ["charmcraft.yaml", "metadata.yaml"].some((path) => charm.unreadable.has(path));
  return {
    name: name?.text ?? null,
    nameLocation: name?.location ?? null,
    type: stringAt(charmcraft?.root ?? null, "type"),
    file: main?.file ?? null,
    relations,
    relationsComplete:
      main !== null &&
      !unread &&
      extensions.length === 0 &&
      declaring.every((file) => file.document.problems.length === 0 && file.root !== null),
    extensions,
    containers: declaring.flatMap(containersOf),
    config: configOf(charm, charmcraft),
    charmLibs: charmcraft ? charmLibsOf(charmcraft.file, charmcraft.root) : [],
    partPlugins: charmcraft ? partPluginsOf(charmcraft.root) : new Map(),
    problems: [...read.flatMap((each) => each.problems), ...duplicateEndpoints(relations)],
    syntaxProblems: [...declaring, yamlFile(charm, "config.yaml")].flatMap((each) =>
      each ? each.document.problems.map((problem) => ({ file: each.file, problem })) : [],
    ),
    sections: sectionsOf([main, charmcraft]),
  };
}

function yamlFile(charm: CharmFiles, path: string): MetadataFile | null {
  const file = charm.files.get(path);
  if (!file) return null;
  const document = parseYaml(file);
  return { file, document, root: mapOf(document.root) };
}

/** Whether charmcraft.yaml is the one file for everything (charmcraft ≥ 2.5), not only the build's description. */
function declaresCharm(charmcraft: MetadataFile | null): boolean {
  return ["name", ...RELATION_SIDES].some((key) => yamlEntry(charmcraft?.root ?? null, key) !== null);
}

function nameOf(file: MetadataFile | null): { readonly text: string; readonly location: Location } | null {
  const value = yamlEntry(file?.root ?? null, "name")?.value;
  const text = stringAt(file?.root ?? null, "name");
  return file && value && text !== null ? { text, location: placeOf(file.file, value) } : null;
}

function containersOf(file: MetadataFile): CharmMetadata["containers"] {
  return entriesOf(mapAt(file.root, "containers")).map((entry) => ({
    name: keyText(entry),
    location: placeOf(file.file, entry.key),
  }));
}

function configOf(charm: CharmFiles, charmcraft: MetadataFile | null): ReadonlyMap<string, ConfigOption> {
  const config = yamlFile(charm, "config.yaml");
  return new Map([
    ...(config ? configOptionsOf(config.file, config.root) : []),
    ...(charmcraft ? configOptionsOf(charmcraft.file, mapAt(charmcraft.root, "config")) : []),
  ]);
}

/**
 * The plugin of every part. A part that names none has the plugin of its own name, and a charm without parts is built by
 * one part `charm` (https://documentation.ubuntu.com/charmcraft/stable/reference/plugins/charm_plugin/).
 */
function partPluginsOf(root: YamlMap | null): ReadonlyMap<string, string> {
  const parts = yamlEntry(root, "parts");
  if (!parts) return new Map([["charm", "charm"]]);
  return new Map(
    entriesOf(mapOf(parts.value)).map((part) => [
      keyText(part),
      stringAt(mapOf(part.value), "plugin") ?? keyText(part),
    ]),
  );
}

/**
 * Charmcraft extensions (`flask-framework` and the like) add relations, parts and options when the charm is packed
 * (https://documentation.ubuntu.com/charmcraft/stable/reference/extensions/), so the file alone is incomplete.
 */
function extensionsOf(charmcraft: MetadataFile | null): CharmMetadata["extensions"] {
  const list = yamlGet(charmcraft?.root ?? null, "extensions");
  if (!charmcraft || list?.kind !== "sequence") return [];
  return list.items.flatMap((item) => {
    const node = yamlTarget(item);
    return node?.kind === "scalar" && typeof node.value === "string"
      ? [{ name: node.value, location: placeOf(charmcraft.file, node) }]
      : [];
  });
}

const SECTIONS = [...RELATION_SIDES, "containers", "config", "charm-libs", "parts"];

/** The sections of the declaring file, and those that only charmcraft.yaml can have (`charm-libs`, `parts`). */
function sectionsOf(files: readonly (MetadataFile | null)[]): CharmMetadata["sections"] {
  const sections = new Map<string, { key: Location; value: Location | null }>();
  for (const file of files) {
    for (const name of SECTIONS) {
      const entry = yamlEntry(file?.root ?? null, name);
      if (!file || !entry || sections.has(name)) continue;
      const value = entry.value ? placeOf(file.file, entry.value) : null;
      sections.set(name, { key: placeOf(file.file, entry.key), value });
    }
  }
  return sections;
}
