import { ambiguousRelation } from "./ambiguous-relation.ts";
import { closedProxyPort } from "./closed-proxy-port.ts";
import { closedServicePort } from "./closed-service-port.ts";
import { clusterDatabagMismatch } from "./cluster-databag-mismatch.ts";
import { clusterInterfaceMismatch } from "./cluster-interface-mismatch.ts";
import { clusterWrongSide } from "./cluster-wrong-side.ts";
import { conflictingPolicyManagers } from "./conflicting-policy-managers.ts";
import { consumerBesideCoordinator } from "./consumer-beside-coordinator.ts";
import { containerNameRequired } from "./container-name-required.ts";
import { crossModelRelationWithoutMeshData } from "./cross-model-relation-without-mesh-data.ts";
import { dependencyTooOld } from "./dependency-too-old.ts";
import { deprecatedPolicyClass } from "./deprecated-policy-class.ts";
import { discardedConsumer } from "./discarded-consumer.ts";
import { droppedUnitRestriction } from "./dropped-unit-restriction.ts";
import { duplicateEndpointKey } from "./duplicate-endpoint-key.ts";
import { duplicateEndpointName } from "./duplicate-endpoint-name.ts";
import { duplicatePolicy } from "./duplicate-policy.ts";
import { emptyEndpoint } from "./empty-endpoint.ts";
import { endpointRoleMismatch } from "./endpoint-role-mismatch.ts";
import { grpcWorkloadTracing } from "./grpc-workload-tracing.ts";
import { halfACrossModelPair } from "./half-a-cross-model-pair.ts";
import { hostRestrictionOnAmbient } from "./host-restriction-on-ambient.ts";
import { httpRuleOnTlsPort } from "./http-rule-on-tls-port.ts";
import { ignoredArgument } from "./ignored-argument.ts";
import { invalidMeshPolicy } from "./invalid-mesh-policy.ts";
import { invalidPolicyArgument } from "./invalid-policy-argument.ts";
import { invalidPort } from "./invalid-port.ts";
import { invalidRelationBlock } from "./invalid-relation-block.ts";
import { invalidTelemetryProxy } from "./invalid-telemetry-proxy.ts";
import { lateConsumer } from "./late-consumer.ts";
import { meshLibraryMoved } from "./mesh-library-moved.ts";
import { missingContainer } from "./missing-container.ts";
import { missingCoordinatedWorkersLibrary } from "./missing-coordinated-workers-library.ts";
import { missingDependency } from "./missing-dependency.ts";
import { missingEndpointKey } from "./missing-endpoint-key.ts";
import { missingFieldManager } from "./missing-field-manager.ts";
import { missingMeshLibrary } from "./missing-mesh-library.ts";
import { missingMeshRelation } from "./missing-mesh-relation.ts";
import { missingPolicy } from "./missing-policy.ts";
import { missingTelemetryProxy } from "./missing-telemetry-proxy.ts";
import { missingWorker } from "./missing-worker.ts";
import { noMeshSupport } from "./no-mesh-support.ts";
import { noneForRequiredEndpoint } from "./none-for-required-endpoint.ts";
import { notOnMesh } from "./not-on-mesh.ts";
import { offerWithoutCrossModelMesh } from "./offer-without-cross-model-mesh.ts";
import { openRawPolicy } from "./open-raw-policy.ts";
import { outdatedMeshLibrary } from "./outdated-mesh-library.ts";
import { partialMeshEndpoints } from "./partial-mesh-endpoints.ts";
import { pathNeverMatches } from "./path-never-matches.ts";
import { policyKindMismatch } from "./policy-kind-mismatch.ts";
import { policyOnClusterRelation } from "./policy-on-cluster-relation.ts";
import { policyOnManagedEndpoint } from "./policy-on-managed-endpoint.ts";
import { policyOnUnboundService } from "./policy-on-unbound-service.ts";
import { policyWithoutTraffic } from "./policy-without-traffic.ts";
import { proxyPortConflict } from "./proxy-port-conflict.ts";
import { proxyWithoutMesh } from "./proxy-without-mesh.ts";
import { refusedPath } from "./refused-path.ts";
import type { Rule } from "./rule.ts";
import { selectorlessUnitPolicy } from "./selectorless-unit-policy.ts";
import { stalePolicies } from "./stale-policies.ts";
import { uncalledMeshType } from "./uncalled-mesh-type.ts";
import { undeclaredEndpoint } from "./undeclared-endpoint.ts";
import { undeclaredPeerRelation } from "./undeclared-peer-relation.ts";
import { undeclaredPolicyRelation } from "./undeclared-policy-relation.ts";
import { undeclaredWorkerEndpoint } from "./undeclared-worker-endpoint.ts";
import { unknownApplication } from "./unknown-application.ts";
import { unknownCode } from "./unknown-code.ts";
import { unknownDeploymentEndpoint } from "./unknown-deployment-endpoint.ts";
import { unknownEndpointKey } from "./unknown-endpoint-key.ts";
import { unknownMeshType } from "./unknown-mesh-type.ts";
import { unknownMethodMember } from "./unknown-method-member.ts";
import { unlimitedServiceMesh } from "./unlimited-service-mesh.ts";
import { unreachableWebhook } from "./unreachable-webhook.ts";
import { unreadableFile } from "./unreadable-file.ts";
import { unreadableTopology } from "./unreadable-topology.ts";
import { unresolvedEndpoint } from "./unresolved-endpoint.ts";
import { unresolvedPolicy } from "./unresolved-policy.ts";
import { unrestrictedPolicy } from "./unrestricted-policy.ts";
import { untrustedApplication } from "./untrusted-application.ts";
import { unusedSuppression } from "./unused-suppression.ts";
import { unwiredMeshRelation } from "./unwired-mesh-relation.ts";
import { workerBypassesProxy } from "./worker-bypasses-proxy.ts";
import { workerInAnotherModel } from "./worker-in-another-model.ts";
import { workerMeshRelation } from "./worker-mesh-relation.ts";
import { wrongRelationInterface } from "./wrong-relation-interface.ts";
import { wrongRelationSide } from "./wrong-relation-side.ts";

/** Every rule, in the order of the catalogue. A new rule is one line here. */
export const RULE_GROUPS: readonly { readonly title: string; readonly rules: readonly Rule[] }[] = [
  {
    title: "Mesh relations in charmcraft.yaml and metadata.yaml",
    rules: [
      missingMeshRelation,
      wrongRelationSide,
      wrongRelationInterface,
      unlimitedServiceMesh,
      unwiredMeshRelation,
      workerMeshRelation,
      duplicateEndpointName,
      noMeshSupport,
      halfACrossModelPair,
      invalidRelationBlock,
    ],
  },
  {
    title: "The Coordinator's endpoint map",
    rules: [
      unknownEndpointKey,
      missingEndpointKey,
      undeclaredEndpoint,
      endpointRoleMismatch,
      partialMeshEndpoints,
      noneForRequiredEndpoint,
      duplicateEndpointKey,
      undeclaredPeerRelation,
      unresolvedEndpoint,
      missingContainer,
      containerNameRequired,
    ],
  },
  {
    title: "Policies",
    rules: [
      undeclaredPolicyRelation,
      policyOnManagedEndpoint,
      ignoredArgument,
      invalidPolicyArgument,
      unknownMethodMember,
      invalidPort,
      pathNeverMatches,
      refusedPath,
      deprecatedPolicyClass,
      unrestrictedPolicy,
      selectorlessUnitPolicy,
      emptyEndpoint,
      policyOnClusterRelation,
      policyWithoutTraffic,
      missingPolicy,
      policyKindMismatch,
      closedServicePort,
      duplicatePolicy,
      hostRestrictionOnAmbient,
      httpRuleOnTlsPort,
      openRawPolicy,
      unreachableWebhook,
      policyOnUnboundService,
      invalidMeshPolicy,
      droppedUnitRestriction,
      conflictingPolicyManagers,
      missingFieldManager,
      uncalledMeshType,
      unknownMeshType,
      consumerBesideCoordinator,
      discardedConsumer,
      lateConsumer,
      unresolvedPolicy,
    ],
  },
  {
    title: "Worker telemetry through the coordinator",
    rules: [
      missingTelemetryProxy,
      closedProxyPort,
      grpcWorkloadTracing,
      invalidTelemetryProxy,
      proxyPortConflict,
      proxyWithoutMesh,
      workerBypassesProxy,
    ],
  },
  {
    title: "Libraries and dependencies",
    rules: [
      missingMeshLibrary,
      missingCoordinatedWorkersLibrary,
      missingDependency,
      dependencyTooOld,
      stalePolicies,
      outdatedMeshLibrary,
      meshLibraryMoved,
    ],
  },
  {
    title: "Coordinator and worker together",
    rules: [clusterInterfaceMismatch, clusterWrongSide, undeclaredWorkerEndpoint, clusterDatabagMismatch],
  },
  {
    title: "A deployment: bundle, juju status, Terraform plan",
    rules: [
      offerWithoutCrossModelMesh,
      crossModelRelationWithoutMeshData,
      notOnMesh,
      untrustedApplication,
      missingWorker,
      workerInAnotherModel,
      unknownApplication,
      unknownDeploymentEndpoint,
      ambiguousRelation,
      unreadableTopology,
    ],
  },
  {
    title: "The tool's own comments, settings and files",
    rules: [unusedSuppression, unknownCode, unreadableFile],
  },
];

/** The same without their groups. */
export const RULES: readonly Rule[] = RULE_GROUPS.flatMap((group) => group.rules);

/** Where a rule is documented: its page in the project's repository. */
export function ruleDocumentation(name: string): string {
  return `https://github.com/charm-mesh/charm-mesh/blob/main/docs/rules/${name}.md`;
}
