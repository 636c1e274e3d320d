import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { authorize, type Topology } from "#mesh";
import { canReachRequest, type ReachAnswer, type ReachEnd } from "#protocol";
import { shownDeployment } from "../deployment.ts";
import type { Feature } from "./feature.ts";

/** May one application reach another? With every step of the way, and the policy that came nearest. */
export const canReach: Feature = (serving) =>
  serving.own(canReachRequest, (snapshot, { options, query }): ReachAnswer => {
    const { topology, effective, mode } = shownDeployment(snapshot, options);
    const flow = {
      source: { ...endOf(topology, query.from), onMesh: null },
      target: { ...endOf(topology, query.to), via: query.via, service: null },
      port: query.port,
      method: query.method,
      path: query.path,
      host: null,
    };
    const { verdict, steps, nearest } = authorize(flow, effective, topology, mode);
    return {
      allowed: verdict === "allowed",
      certain: verdict !== "unknown",
      steps: steps.map(({ at, verdict: step, policy, text }) => ({ at, verdict: step, policy, text })),
      nearest: nearest && {
        policy: nearest.effective.resource?.metadata.name ?? nearest.effective.id,
        field: nearest.field,
        text: nearest.text,
      },
    };
  });

/** The application that was meant; a model that is left out must follow from the topology. */
function endOf(topology: Topology, { application, model }: ReachEnd): { application: string; model: string } {
  const found = topology.applications.filter(
    (one) => one.name === application && (model === null || one.model === model),
  );
  const [one, another] = found;
  if (one && !another) return { application, model: one.model };
  const named = model === null ? application : `${application}@${model}`;
  throw new ResponseError(
    LSPErrorCodes.RequestFailed,
    one ? `${named} is in several models: name one.` : `There is no application ${named} in this topology.`,
  );
}
