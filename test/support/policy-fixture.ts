import type { EffectivePolicies, EffectivePolicy, Endpoint } from "#mesh";
import type { MeshPolicy } from "../../engine/mesh/src/policy/mesh-policy.ts";

export interface PolicyFixture extends Partial<Omit<EffectivePolicy, "meshPolicy">> {
  /** `app` or `model/app`; the model is `m` where it is left out. */
  readonly from: string;
  readonly to: string;
  /** Default: the Service. */
  readonly via?: "service" | "unit";
  readonly service?: string;
  readonly endpoints?: readonly Partial<Endpoint>[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly name?: string;
}

function ends(text: string): readonly [string, string] {
  const [model = "", application] = text.split("/");
  return application === undefined ? ["m", model] : [model, application];
}

/** One policy of an effective set, with the resource that the library would make, but for the hash in its name. */
export function policy(fixture: PolicyFixture): EffectivePolicy {
  const { from, to, via = "service", service = null, endpoints = [], labels, name, ...rest } = fixture;
  const [sourceModel, source] = ends(from);
  const [targetModel, target] = ends(to);
  const meshPolicy: MeshPolicy = {
    source_namespace: sourceModel,
    source_app_name: source,
    target_namespace: targetModel,
    target_app_name: labels ? null : target,
    target_selector_labels: labels ?? null,
    target_service: service,
    target_type: via === "service" ? "app" : "unit",
    endpoints: endpoints.map((one) => ({ hosts: null, ports: null, methods: null, paths: null, ...one })),
  };
  const resourceName = name ?? `beacon-m-policy-${source}-${sourceModel}-${target}-00000000`;
  return {
    id: resourceName,
    origin: "charm",
    meshPolicy,
    resource: {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: resourceName, namespace: targetModel, labels: { "app.kubernetes.io/instance": "beacon-m" } },
      spec: {
        ...(via === "service"
          ? { targetRefs: [{ kind: "Service", group: "", name: service || target }] }
          : { selector: { matchLabels: labels ?? { "app.kubernetes.io/name": target } } }),
        rules: [
          {
            from: [{ source: { principals: [`cluster.local/ns/${sourceModel}/sa/${source}`] } }],
            to: meshPolicy.endpoints.map(({ ports, methods, paths, hosts }) => ({
              operation: {
                ports: ports?.map(String) ?? [],
                ...(methods ? { methods } : {}),
                ...(paths ? { paths } : {}),
                ...(hosts ? { hosts } : {}),
              },
            })),
          },
        ],
      },
    },
    uncertain: null,
    relation: null,
    because: [{ text: `${source} to ${target}`, location: null, citation: null }],
    ...rest,
  };
}

/** An effective set. */
export function effective(...fixtures: readonly PolicyFixture[]): EffectivePolicies {
  return { policies: fixtures.map(policy), problems: [] };
}
