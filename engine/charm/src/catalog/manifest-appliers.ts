/** A module or name with which a charm applies Kubernetes manifests of its own, Services with any ports among them. */
export interface ManifestApplier {
  readonly name: string;
  /** Where it refuses resources of kinds that it was not given: its parameters, and the one that takes the kinds. */
  readonly restricted?: { readonly parameters: readonly string[]; readonly kinds: string };
  readonly citation: string;
}

const HANDLER = {
  parameters: ["field_manager", "template_files", "context", "logger", "labels", "resource_types", "lightkube_client"],
  kinds: "resource_types",
};
const COMPONENT = {
  parameters: [
    "charm",
    "name",
    "resource_templates",
    "krh_resource_types",
    "krh_labels",
    "lightkube_client",
    "context_callable",
  ],
  kinds: "krh_resource_types",
};

/** What is imported by charms that make Services out of manifests, so that their opened ports can't be known from Python. */
const APPLIERS: readonly ManifestApplier[] = [
  { name: "lightkube.codecs", citation: "lightkube 0.17, codecs.py: load_all_yaml" },
  {
    name: "charmed_kubeflow_chisme.kubernetes.KubernetesResourceHandler",
    restricted: HANDLER,
    citation:
      "charmed-kubeflow-chisme, kubernetes/_kubernetes_resource_handler.py: apply() raises for other resource types",
  },
  {
    name: "charmed_kubeflow_chisme.components.KubernetesComponent",
    restricted: COMPONENT,
    citation: "charmed-kubeflow-chisme, components/kubernetes_component.py",
  },
  {
    name: "charmed_kubeflow_chisme.components.kubernetes_component.KubernetesComponent",
    restricted: COMPONENT,
    citation: "charmed-kubeflow-chisme, components/kubernetes_component.py",
  },
  { name: "ops.manifests", citation: "ops-lib-manifest, ops/manifests/manifest.py" },
];

/** What an import (`module`, or `module.name`) lets a charm apply manifests with; null where it does not. */
export function manifestApplier(module: string, name: string | null): ManifestApplier | null {
  const imported = name === null ? module : `${module}.${name}`;
  return (
    APPLIERS.find((each) => each.name === imported || each.name === module || imported.startsWith(`${each.name}.`)) ??
    null
  );
}
