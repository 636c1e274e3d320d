import { applicationAt, coveredEndpoints, coveredHere, isOffMesh } from "../facts/deployed-applications.ts";
import { wiredName } from "../facts/mesh-wiring.ts";
import { deploymentRule } from "./rule.ts";

/** Without data from the consumer's side a policy names the consumer by its local alias, which is no workload's identity. */
export const offerWithoutCrossModelMesh = deploymentRule({
  name: "offer-without-cross-model-mesh",
  summary: "An offer has an endpoint that a policy covers, and lacks the cross_model_mesh endpoint.",
  severities: ["warning"],
  *findings({ topology, charmNamed, onMesh }) {
    for (const offer of topology.offers) {
      const application = applicationAt(topology, { ...offer, endpoint: null });
      const charm = application && charmNamed(application.charm);
      if (!offer.location || !application || !charm || isOffMesh(application, onMesh)) continue;
      const covered = coveredEndpoints(charm);
      const endpoint = offer.endpoints.find((each) => covered.has(each));
      const wired = charm.wiring.endpoints.find((each) => each.shape.role === "provide-cmr");
      const name = wired && wiredName(wired);
      if (endpoint === undefined || name === undefined) continue;
      const offered = topology.offers.some(
        (each) => each.model === offer.model && each.application === offer.application && each.endpoints.includes(name),
      );
      if (offered) continue;
      yield {
        message: `Applications of other models will be denied over “${endpoint}”: the policy names their local alias, because “${offer.name}” does not offer “${name}”. Offer it too.`,
        location: offer.location,
        related: coveredHere(covered.get(endpoint)),
      };
    }
  },
});
