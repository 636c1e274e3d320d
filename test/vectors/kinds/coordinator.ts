import type { PyValue } from "#mesh";
import {
  clusterInternalPolicies,
  clusterResourceManager,
} from "../../../engine/mesh/src/policy/library/cluster-internal.ts";
import { compareCodePoints } from "../../../engine/mesh/src/policy/python/text.ts";
import { isList } from "../../../engine/mesh/src/policy/python/value.ts";
import { list, member, type Shape, text } from "../json-shape.ts";
import { coordinatorConsumer } from "../library/coordinator-consumer.ts";
import { libraryPolicies, libraryPolicyDump } from "../library/library-policies.ts";
import { meshPolicyDump } from "../library/policy-dumps.ts";
import { policyResource } from "../library/policy-resource.ts";
import { errorShape, resourceShape } from "./mesh-policies.ts";

export function coordinatorDefaults(input: PyValue): Shape {
  const given = member(input, "charm_policies");
  const charmPolicies = libraryPolicies(isList(given) ? given : []);
  if ("error" in charmPolicies) return errorShape(charmPolicies.error);
  const consumer = coordinatorConsumer(
    member(input, "endpoints"),
    member(input, "nginx_exporter_port"),
    member(input, "proxy_port"),
    charmPolicies.value,
  );
  if ("error" in consumer) return errorShape(consumer.error);
  if (consumer.value === null) return { consumer: null };
  return { consumer: { ...consumer.value, policies: consumer.value.policies.map(libraryPolicyDump) } };
}

export function clusterInternal(input: PyValue): Shape {
  const mesh = text(input, "mesh");
  if (mesh === "no-endpoints") return { action: "none" };
  const manager = { app: text(input, "app"), model: text(input, "model") };
  const made = clusterResourceManager(manager);
  if ("error" in made) return errorShape(made.error);
  const { labels, fieldManager: field_manager, selector } = made.value;
  if (mesh === "not-related") return { action: "delete", labels, field_manager, selector };
  // The vectors sort what the library iterates over in a random order.
  const workers = list(input, "workers").map((worker) => text(worker, "application"));
  const internal = clusterInternalPolicies(manager, workers.sort(compareCodePoints));
  if ("error" in internal) return errorShape(internal.error);
  const policies = internal.value;
  return {
    action: "reconcile",
    labels,
    field_manager,
    selector,
    mesh_policies: policies.map(meshPolicyDump),
    authorization_policies: policies.map((policy) =>
      resourceShape(policyResource(manager, policy), policyResource(manager, policy, "charmlibs")),
    ),
  };
}
