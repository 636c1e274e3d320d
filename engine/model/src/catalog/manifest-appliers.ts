/** A module or name with which a charm applies Kubernetes manifests of its own, Services with any ports among them. */
export interface ManifestApplier {
  readonly name: string;
  readonly citation: string;
}

/** What is imported by charms that make Services out of manifests, so that their opened ports can't be known from Python. */
const APPLIERS: readonly ManifestApplier[] = [
  { name: "lightkube.codecs", citation: "lightkube 0.17, codecs.py: load_all_yaml" },
  {
    name: "charmed_kubeflow_chisme.kubernetes.KubernetesResourceHandler",
    citation: "charmed-kubeflow-chisme, kubernetes/_kubernetes_resource_handler.py",
  },
  {
    name: "charmed_kubeflow_chisme.components.KubernetesComponent",
    citation: "charmed-kubeflow-chisme, components/kubernetes_component.py",
  },
  {
    name: "charmed_kubeflow_chisme.components.kubernetes_component.KubernetesComponent",
    citation: "charmed-kubeflow-chisme, components/kubernetes_component.py",
  },
  { name: "ops.manifests", citation: "ops-lib-manifest, ops/manifests/manifest.py" },
];

/** Whether an import (`module`, or `module.name`) lets a charm apply manifests. */
export function appliesManifests(module: string, name: string | null): boolean {
  const imported = name === null ? module : `${module}.${name}`;
  return APPLIERS.some(
    (each) => each.name === imported || each.name === module || imported.startsWith(`${each.name}.`),
  );
}
