import { argumentValue, callsNamed, findCalls, namedArguments, type Program } from "#python";
import { parseYamlDocuments, type SourceFile, sourceFile, type YamlNode, yamlTarget } from "#syntax";
import { plainData } from "../calls/plain-data.ts";
import { MANIFEST_LOADERS } from "../catalog/manifest-loaders.ts";
import { WEBHOOK_SERVICES } from "../catalog/webhook-services.ts";
import type { CharmFiles } from "../charm-files.ts";
import type { AdmissionWebhook, ManifestService } from "../charm-model.ts";
import { entriesOf, keyText } from "../metadata/yaml-values.ts";
import { jinjaTemplate } from "./jinja-template.ts";
import { holdsRelevantKind, isManifestPath, isNamedInPython } from "./manifest-path.ts";
import { type Context, contextOf, type Reader, textOf } from "./manifest-policies.ts";

/** What else than policies a charm's manifests hold. */
export interface ManifestResources {
  readonly webhooks: readonly AdmissionWebhook[];
  readonly services: readonly ManifestService[];
}

/**
 * The admission webhooks and the Services in the manifests and templates that the charm's Python names and loads, in the order of their
 * paths, and the webhooks that it makes as lightkube objects. A resource whose name can't be read is left out.
 */
export function manifestResources(program: Program, charm: CharmFiles): ManifestResources {
  const manifests = [...charm.files]
    .filter(
      ([path, file]) => isManifestPath(path) && holdsRelevantKind(file.text) && isNamedInPython(charm.files, path),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const loaders = manifests.length > 0 ? callsNamed(program, MANIFEST_LOADERS.names) : [];
  const context = contextOf(program, loaders);
  const resources = loaders.length > 0 ? manifests.flatMap(([, file]) => resourcesOf(program, context, file)) : [];
  return {
    webhooks: [...webhookObjects(program), ...resources.flatMap(webhooksIn)],
    services: resources.flatMap(serviceIn),
  };
}

/** One resource of a manifest. */
interface Resource {
  readonly kind: string;
  readonly node: YamlNode;
  readonly file: SourceFile;
  /** A text with its holes filled; null for one that can't be read. */
  readonly text: (node: YamlNode | null) => string | null;
}

function resourcesOf(program: Program, context: Context, file: SourceFile): readonly Resource[] {
  const template = jinjaTemplate(file.text);
  if (template.unread !== null) return [];
  const reader: Reader = { program, template, context };
  const text = (node: YamlNode | null): string | null => {
    const target = yamlTarget(node);
    if (target?.kind !== "scalar" || typeof target.value !== "string") return null;
    const read = textOf(reader, target.value);
    return typeof read === "string" ? read : null;
  };
  return parseYamlDocuments(sourceFile(file.path, template.text)).flatMap(({ root, problems }) =>
    (problems.length > 0 ? [] : nodesIn(root)).flatMap((node): Resource[] => {
      const kind = text(valueAt(node, "kind"));
      return kind === null ? [] : [{ kind, node, file, text }];
    }),
  );
}

function webhooksIn({ kind, node, file, text }: Resource): readonly AdmissionWebhook[] {
  if (!WEBHOOK_SERVICES.kinds.includes(kind)) return [];
  return itemsOf(valueAt(node, "webhooks")).flatMap((hook): AdmissionWebhook[] => {
    const place = valueAt(hook, "clientConfig", "service", "name");
    const service = text(place);
    if (!place || service === null) return [];
    return [{ name: text(valueAt(hook, "name")), service, location: { file, span: place.span } }];
  });
}

function serviceIn({ kind, node, file, text }: Resource): readonly ManifestService[] {
  const place = valueAt(node, "metadata", "name");
  const name = text(place);
  if (kind !== "Service" || text(valueAt(node, "apiVersion")) !== "v1" || !place || name === null) return [];
  const written = file.text.slice(node.span.start, node.span.end);
  const selects = text(valueAt(node, "spec", "selector", "app.kubernetes.io/name"));
  return [{ name, location: { file, span: place.span }, selects, throughWaypoint: written.includes("use-waypoint") }];
}

/** `ServiceReference(name=…)` of lightkube: what a webhook's client configuration names. */
function webhookObjects(program: Program): readonly AdmissionWebhook[] {
  const { references, parameters } = WEBHOOK_SERVICES;
  return findCalls(program, references).flatMap((site): AdmissionWebhook[] => {
    const given = namedArguments(site.arguments, parameters).get("name");
    const data = given && plainData(program, argumentValue(program, given));
    const service =
      data?.kind === "template"
        ? data.text
        : data?.kind === "known" && typeof data.value === "string"
          ? data.value
          : null;
    return given && service !== null ? [{ name: null, service, location: given.at }] : [];
  });
}

/** The resources of a document: itself, or the items of a list. */
function nodesIn(root: YamlNode | null): readonly YamlNode[] {
  const node = yamlTarget(root);
  if (node?.kind !== "map") return [];
  const items = itemsOf(valueAt(node, "items"));
  return items.length > 0 ? items : [node];
}

function itemsOf(node: YamlNode | null): readonly YamlNode[] {
  const list = yamlTarget(node);
  return list?.kind === "sequence" ? list.items.flatMap((item) => (item ? [item] : [])) : [];
}

/** The value under a chain of keys. */
function valueAt(node: YamlNode | null, ...keys: readonly string[]): YamlNode | null {
  let found = yamlTarget(node);
  for (const key of keys) {
    if (found?.kind !== "map") return null;
    found = yamlTarget(entriesOf(found).find((entry) => keyText(entry) === key)?.value ?? null);
  }
  return found;
}
