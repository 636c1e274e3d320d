/**
 * The functions and classes by which charms load Kubernetes manifests. `renders`: those whose own arguments are the context of a
 * template; `contexts`: the keywords of the others that take it, as a dict or as a function that returns one.
 */
export const MANIFEST_LOADERS = {
  names: [
    "load_all_yaml",
    "from_yaml",
    "safe_load",
    "safe_load_all",
    "KubernetesResourceHandler",
    "KubernetesComponent",
    "get_template",
    "render",
  ] as readonly string[],
  renders: ["render"] as readonly string[],
  contexts: ["context", "context_callable"] as readonly string[],
  citation:
    "lightkube 0.17, codecs.py; charmed-kubeflow-chisme, kubernetes/_kubernetes_resource_handler.py and components/kubernetes_component.py; Jinja 3.1, Template.render; PyYAML 6.0",
} as const;
