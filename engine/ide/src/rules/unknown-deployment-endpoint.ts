import type { RelationEnd } from "#mesh";
import { type Location, span } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { replacementFix } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { applicationAt, relationPlace } from "../facts/deployed-applications.ts";
import type { DeploymentFacts } from "../facts/deployment-facts.ts";
import { closestName } from "../fixes/closest-name.ts";
import { deploymentRule } from "./rule.ts";

/** Sources that say what is to be deployed. `juju status` tells what is, which may be another revision of the charm. */
const PLANS: ReadonlySet<string> = new Set(["bundle", "file", "terraform"]);

/** Juju gives every application this endpoint (https://documentation.ubuntu.com/juju/latest/reference/relation/). */
const IMPLICIT = "juju-info";

/** Juju refuses to relate an endpoint that the charm does not declare. */
export const unknownDeploymentEndpoint = deploymentRule({
  name: "unknown-deployment-endpoint",
  summary: "A bundle, topology or plan names an endpoint that the charm in the workspace does not declare.",
  severities: ["error"],
  *findings(facts) {
    const { topology } = facts;
    if (!PLANS.has(topology.source)) return;
    for (const relation of topology.relations) {
      const place = relationPlace(relation);
      if (!place || relation.peer) continue;
      for (const end of [relation.provider, relation.requirer]) {
        const charm = charmAt(end, facts);
        if (charm && end.endpoint !== null && isUnknown(end.endpoint, charm))
          yield found(end.endpoint, end.application, charm, placeOfEnd(place, end.application, end.endpoint));
      }
    }
    for (const { application, model, endpoints, location } of topology.offers) {
      const charm = charmAt({ application, model, endpoint: null }, facts);
      if (!charm || !location) continue;
      for (const endpoint of endpoints)
        if (isUnknown(endpoint, charm)) yield found(endpoint, application, charm, location);
    }
  },
});

function charmAt(end: RelationEnd, { topology, charmNamed }: DeploymentFacts): CharmFacts | null {
  const application = applicationAt(topology, end);
  return application?.kind === "deployed" ? charmNamed(application.charm) : null;
}

function isUnknown(endpoint: string, { declared }: CharmFacts): boolean {
  return declared.complete && endpoint !== IMPLICIT && !declared.byName.has(endpoint);
}

function found(endpoint: string, application: string, { declared, metadata }: CharmFacts, location: Location) {
  const meant = closestName(endpoint, declared.byName.keys());
  return {
    message: `Juju can't relate “${application}:${endpoint}”: the charm ${metadata.name ?? application} has no endpoint of that name${meant ? `. Did you mean “${meant}”?` : "."}`,
    location,
    related: metadata.nameLocation
      ? [{ location: metadata.nameLocation, message: "This is the charm in the workspace." }]
      : [],
    fixes: meant ? renaming(location, endpoint, meant) : [],
  };
}

/** The text `application:endpoint` within the relation's line, so that only the faulty end is underlined. */
function placeOfEnd(place: Location, application: string, endpoint: string): Location {
  const { file, span: whole } = place;
  const written = `${application}:${endpoint}`;
  const at = file.text.slice(whole.start, whole.end + 200).indexOf(written);
  const start = whole.start + at;
  return at < 0 ? place : { file, span: span(start, start + written.length) };
}

/** Renames the endpoint where the place is exactly `application:endpoint`. */
function renaming({ file, span: whole }: Location, endpoint: string, meant: string): Fix[] {
  const text = file.text.slice(whole.start, whole.end);
  if (!text.endsWith(`:${endpoint}`)) return [];
  const start = whole.end - endpoint.length;
  return [replacementFix(`Use “${meant}”`, { file, span: span(start, whole.end) }, meant)];
}
