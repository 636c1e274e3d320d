import type { CharmModel } from "#charm";
import type { Topology } from "#mesh";
import { type Location, memo, parseYamlDocuments, type SourceFile, type YamlNode, yamlGet } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";

/** A place in a bundle or in mesh-topology.yaml that names an endpoint of an application. */
export interface DeployedName {
  /** `application:endpoint` as a whole, or the endpoint where it is alone. */
  readonly whole: Location;
  /** The endpoint. */
  readonly location: Location;
  readonly application: string;
  readonly endpoint: string;
  /** The workspace's charms that the application can be; charms of tests only where there are no others. */
  readonly charms: readonly CharmModel[];
}

/** Every such place of a snapshot, file by file, in order. */
export const deployedNames = memo((analysis: Analysis): readonly DeployedName[] => {
  return analysis.topologies.flatMap((topology) => {
    const { file, source } = topology;
    if (file === null || (source !== "bundle" && source !== "file")) return [];
    const charmsOf = charmsByApplication(analysis, topology, file);
    const names = source === "bundle" ? bundleNames(file) : meshTopologyNames(file);
    return names.map((name) => ({ ...name, charms: charmsOf(name.application, name.model) }));
  });
});

type Named = Omit<DeployedName, "charms"> & {
  /** The model, where the file names it. */
  readonly model: string | null;
};

/** Bundle relations are pairs of `application:endpoint`, where the second may be a list; offers name endpoints alone. */
function bundleNames(file: SourceFile): readonly Named[] {
  return parseYamlDocuments(file).flatMap(({ root }) => {
    const relations = scalarsIn(yamlGet(root, "relations")).flatMap((node) => qualified(file, node, null) ?? []);
    const applications = yamlGet(root, "applications") ?? yamlGet(root, "services");
    const offers =
      applications?.kind === "map"
        ? applications.entries.flatMap(({ key, value }) => {
            const made = yamlGet(value, "offers");
            const endpoints =
              made?.kind === "map" ? made.entries.map((entry) => yamlGet(entry.value, "endpoints")) : [];
            return endpoints.flatMap(scalarsIn).flatMap((node) => alone(file, node, String(key.value)));
          })
        : [];
    return [...relations, ...offers].sort((a, b) => a.location.span.start - b.location.span.start);
  });
}

/** mesh-topology.yaml has pairs below each model, and `model.application:endpoint` across models. */
function meshTopologyNames(file: SourceFile): readonly Named[] {
  return parseYamlDocuments(file)
    .slice(0, 1)
    .flatMap(({ root }) => {
      const models = yamlGet(root, "models");
      const inside =
        models?.kind === "map"
          ? models.entries.flatMap(({ key, value }) =>
              scalarsIn(yamlGet(value, "relations")).flatMap((node) => qualified(file, node, String(key.value)) ?? []),
            )
          : [];
      const across = yamlGet(root, "cross-model");
      const items = across?.kind === "sequence" ? across.items : [];
      const far = items.flatMap((item) =>
        ["provider", "consumer"].flatMap((side) =>
          scalarsIn(yamlGet(item, side)).flatMap((node) => qualified(file, node, null) ?? []),
        ),
      );
      return [...inside, ...far];
    });
}

type Scalar = Extract<YamlNode, { kind: "scalar" }>;

/** The texts of a node and of the sequences in it, without aliases: an alias repeats text from elsewhere. */
function scalarsIn(node: YamlNode | null | undefined): readonly Scalar[] {
  if (node?.kind === "scalar") return typeof node.value === "string" ? [node] : [];
  return node?.kind === "sequence" ? node.items.flatMap(scalarsIn) : [];
}

function qualified(file: SourceFile, node: Scalar, model: string | null): Named | null {
  const parts = /^(?:([\w-]+)\.)?([\w-]+):([\w-]+)$/.exec(String(node.value));
  const whole = placeOf(file, node);
  if (!parts || !whole) return null;
  const [, far = null, application = "", endpoint = ""] = parts;
  const location = { file, span: { start: whole.span.end - endpoint.length, end: whole.span.end } };
  return { whole, location, application, endpoint, model: far ?? model };
}

function alone(file: SourceFile, node: Scalar, application: string): readonly Named[] {
  const whole = placeOf(file, node);
  return whole ? [{ whole, location: whole, application, endpoint: String(node.value), model: null }] : [];
}

/** The place of a scalar's text, without quotes; null where the source uses escapes. */
function placeOf(file: SourceFile, { span, value }: Scalar): Location | null {
  const start = file.text.indexOf(String(value), span.start);
  const end = start + String(value).length;
  return start >= 0 && end <= span.end ? { file, span: { start, end } } : null;
}

function charmsByApplication(
  { charms }: Analysis,
  topology: Topology,
  file: SourceFile,
): (application: string, model: string | null) => readonly CharmModel[] {
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  return (name, model) => {
    const names = new Set(
      topology.applications
        .filter((one) => one.name === name && (model === null || one.model === model))
        .map((one) => one.charm),
    );
    const local = topology.source === "bundle" ? localCharm(file, name) : null;
    const fits = charms.filter(
      ({ metadata, charm }) =>
        (metadata.name !== null && names.has(metadata.name)) ||
        (local !== null && charm.root === joined(folder, local)),
    );
    const own = fits.filter(({ test }) => !test);
    return own.length > 0 ? own : fits;
  };
}

/** `charm: ./coordinator`: the folder of a charm, as a bundle for local development names it. */
function localCharm(file: SourceFile, application: string): string | null {
  for (const { root } of parseYamlDocuments(file)) {
    const written = yamlGet(yamlGet(yamlGet(root, "applications"), application), "charm");
    if (written?.kind === "scalar" && /^\.{1,2}\//.test(String(written.value))) return String(written.value);
  }
  return null;
}

function joined(folder: string, relative: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${relative}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
