import type { EffectivePolicy, GraphNode, TrafficGraph } from "#mesh";
import { policyView } from "#picture";
import { type ReasonView, type TreeCharm, type TreeGroup, treeRequest } from "#protocol";
import { visibleText } from "#syntax";
import { type ShownDeployment, shownDeployment } from "../deployment.ts";
import { charmSummaries, visibleCharm } from "./charms.ts";
import type { Feature } from "./feature.ts";

const KINDS = ["internal", "external", "telemetry"] as const;

/** The charms with the policies that open them: inside their cluster, from outside, and for telemetry. */
export const tree: Feature = (serving) =>
  serving.own(treeRequest, (snapshot, { options }) => {
    const deployment = shownDeployment(snapshot, options);
    const graph = deployment.graph();
    const telemetry = telemetryPolicies(graph);
    const shown = new Set(deployment.models.map(({ charm }) => charm.root));
    return {
      charms: charmSummaries(snapshot)
        .filter(({ path }) => shown.has(path))
        .map((charm): TreeCharm => {
          const nodes = graph.nodes.filter(({ charmRoot }) => charmRoot === charm.path);
          const onMesh = nodes.some((node) => node.onMesh);
          return { ...visibleCharm(charm), onMesh, groups: groupsOf(deployment, nodes, telemetry) };
        }),
    };
  });

function groupsOf(
  { effective }: ShownDeployment,
  nodes: readonly GraphNode[],
  telemetry: ReadonlySet<string>,
): TreeGroup[] {
  const own = effective.policies.filter((policy) => nodes.some((node) => opens(policy, node)));
  const kindOf = ({ id, origin }: EffectivePolicy): TreeGroup["kind"] =>
    origin === "cluster-internal" ? "internal" : telemetry.has(id) ? "telemetry" : "external";
  return KINDS.map((kind) => ({
    kind,
    policies: own
      .filter((policy) => kindOf(policy) === kind)
      .map((policy) => {
        const { id, summary, manifest, because } = policyView(policy);
        return {
          id,
          label: visibleText(sourceOf(policy)),
          description: manifest === null ? "nothing is created" : visibleText(summary),
          because: because.map(visibleReason),
        };
      }),
  })).filter(({ policies }) => policies.length > 0);
}

/** A reason as a line of the tree. The place stays as it is: its path identifies the file that the editor opens. */
function visibleReason({ text, place, citation }: ReasonView): ReasonView {
  return {
    text: visibleText(text),
    place,
    citation: citation && visibleText(citation),
  };
}

/** The allowed source, with its model if that is another one. */
function sourceOf({ meshPolicy }: EffectivePolicy): string {
  const { source_app_name: name, source_namespace: model, target_namespace: own } = meshPolicy;
  if (name === "*") return "every source";
  return model === own ? name : `${name}@${model}`;
}

/** Whether a policy opens an application: by its name, by its Service's, or by a label that its pods carry. */
function opens({ meshPolicy }: EffectivePolicy, { application, model, box }: GraphNode): boolean {
  if (meshPolicy.target_namespace !== model) return false;
  const labels = Object.values(meshPolicy.target_selector_labels ?? {});
  if (labels.length > 0) return labels.some((value) => value === application || box.endsWith(`/${value}`));
  return meshPolicy.target_app_name === application || meshPolicy.target_service === application;
}

/** The policies over which telemetry travels. */
function telemetryPolicies(graph: TrafficGraph): ReadonlySet<string> {
  const carrying = graph.edges.filter(({ telemetry }) => telemetry !== null);
  return new Set(carrying.flatMap(({ policies }) => policies.map(({ id }) => id)));
}
