import type { EffectivePolicy } from "../policy/effective-policy.ts";
import type { DeniedFlow } from "./denial-log.ts";

/** Something about the cluster to look at, with the command that shows it. */
export interface Check {
  readonly text: string;
  readonly command: string;
}

const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** A name from a log as one word of a shell: what is no name of Kubernetes is quoted, so that pasting the command runs nothing else. */
function word(name: string): string {
  return NAME.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

function namespaceOption(namespace: string | null): string {
  return namespace === null ? "-A" : `-n ${word(namespace)}`;
}

/**
 * What may make a cluster refuse what the sources allow: the policy is not applied, the label that leads traffic to the proxy is missing, or
 * an older charm is deployed. `policy` is the one that allows it in the sources; null where nothing restricts it there.
 */
export function clusterChecks({ at, target, service }: DeniedFlow, policy: EffectivePolicy | null): readonly Check[] {
  const namespace = namespaceOption(target.namespace);
  const application = target.application?.name ?? "";
  const applied = policy?.resource?.metadata;
  // Where the deployment does not name its model, names that are made from the model's are not the cluster's.
  const exact = applied && applied.namespace === target.namespace && !applied.name.endsWith("-unknown");
  return [
    exact
      ? {
          text: `The policy ${applied.name} may not be applied.`,
          command: `kubectl get authorizationpolicy ${word(applied.name)} ${namespace} -o yaml`,
        }
      : {
          text:
            policy === null
              ? "The cluster may have a policy that the sources do not make, or run in hardened mode (repeat with --mesh hardened=true)."
              : "The policy that allows it may not be applied.",
          command: `kubectl get authorizationpolicies ${namespace} -o yaml`,
        },
    at === "waypoint"
      ? {
          text: "The Service may lack the label istio.io/use-waypoint, so that policies for it do not apply.",
          command: `kubectl get service ${word(service ?? application)} ${namespace} --show-labels`,
        }
      : {
          text: "The pods may lack the label istio.io/dataplane-mode=ambient.",
          command: `kubectl get pods ${namespace} -l ${word(`app.kubernetes.io/name=${application}`)} --show-labels`,
        },
    {
      text: "An older revision of the charm may be deployed than the one in the sources.",
      command: `juju status${target.namespace === null ? "" : ` -m ${word(target.namespace)}`} ${word(application)}`,
    },
  ];
}

/** Which DENY policy refused, or where to look for it. */
export function denyPolicyCheck({ policy, target }: DeniedFlow): Check {
  return policy === null
    ? {
        text: "The line does not name the policy.",
        command: `kubectl get authorizationpolicies ${namespaceOption(target.namespace)} -o yaml`,
      }
    : {
        text: `The DENY policy ${policy.namespace}/${policy.name} refused it; charms make no DENY policies.`,
        command: `kubectl get authorizationpolicy ${word(policy.name)} -n ${word(policy.namespace)} -o yaml`,
      };
}

/** The source showed no identity although the sources put it on the mesh. */
export function identityCheck({ source }: DeniedFlow): Check {
  const application = source.application?.name ?? "";
  return {
    text: `${source.label} called without an identity, so it was not on the mesh when it called: its pods may lack the label istio.io/dataplane-mode=ambient.`,
    command: `kubectl get pods ${namespaceOption(source.namespace)} -l ${word(`app.kubernetes.io/name=${application}`)} --show-labels`,
  };
}

/** The called workload, as Kubernetes has it. */
export function workloadCheck({ target }: DeniedFlow): Check {
  return {
    text: "The pod may have been replaced while the caller still used its address.",
    command: `kubectl get pods ${namespaceOption(target.namespace)} -o wide`,
  };
}
