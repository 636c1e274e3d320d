import type { SourceFile } from "#syntax";

/** Kubernetes manifests and templates of such, where charms have theirs. Rules and dashboards of COS are of another kind. */
const MANIFEST =
  /^(?:src|templates|manifests|files)\/(?!(?:.*\/)?[\w-]*(?:rules|dashboards)\/).*\.(?:ya?ml|j2|jinja2?|tmpl)$/;

/** Whether a file of a charm may be a Kubernetes manifest or a template of one. `path` is relative to the charm's folder. */
export function isManifestPath(path: string): boolean {
  return MANIFEST.test(path);
}

/** Whether a manifest has an AuthorizationPolicy in it. */
export function holdsPolicy(text: string): boolean {
  return text.includes("AuthorizationPolicy");
}

/** Whether a manifest matters: it holds a policy, an admission webhook or a Service. */
export function holdsRelevantKind(text: string): boolean {
  return holdsPolicy(text) || /WebhookConfiguration|^\s*["']?kind["']?\s*:\s*["']?Service["']?\s*$/m.test(text);
}

/** Whether the charm's own Python names a file. `files` are those of the charm; of `path` the name without folders counts. */
export function isNamedInPython(files: ReadonlyMap<string, SourceFile>, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return [...files].some(([own, { text }]) => isOwnPython(own) && text.includes(name));
}

/** Whether a path is one of the charm's own Python, libraries and tests left out. */
export function isOwnPython(path: string): boolean {
  return path.endsWith(".py") && !/^(?:lib|tests?)\//.test(path);
}
