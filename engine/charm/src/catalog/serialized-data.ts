/** The package through which Kubeflow's charms send data that has a schema, and the method that sends it. */
export const INTERFACE_SOURCES = {
  module: "serialized_data_interface",
  name: "send_data",
  citation: "serialized-data-interface 0.7.0, sdi.py, SerializedDataInterface.send_data",
} as const;

/** The component that sends one dict to each application of a relation. */
export const BROADCASTERS = {
  names: [
    "charmed_kubeflow_chisme.components.SdiRelationBroadcasterComponent",
    "charmed_kubeflow_chisme.components.serialised_data_interface_components.SdiRelationBroadcasterComponent",
  ],
  parameters: ["charm", "name", "relation_name", "data_to_send"],
  citation: "charmed-kubeflow-chisme, components/serialised_data_interface_components.py",
} as const;

/**
 * Keys under which a Service's name is sent (charm-relation-interfaces: k8s-service v0 `service-name`, ingress v1 and
 * object-storage v1 `service`).
 */
export const SENT_ADDRESS: readonly string[] = ["service-name", "service"];

/** Keys under which its port is sent. */
export const SENT_PORT: readonly string[] = ["service-port", "port"];
