import { type CharmSummary, charmsRequest } from "#protocol";
import type { Moment } from "../moment.ts";
import type { Feature } from "./feature.ts";

/** The charms of a workspace, for the client's tree and context keys. */
export const charms: Feature = (serving) =>
  serving.own(charmsRequest, (moment) => ({ charms: charmSummaries(moment) }));

/** One line for each charm, in the order of their folders. */
export function charmSummaries(moment: Moment): CharmSummary[] {
  return moment.analysis.charms.flatMap((charm) => {
    const uri = moment.names.uriOf(charm.charm.root);
    return uri === null ? [] : [{ path: charm.charm.root, uri, name: charm.metadata.name, kind: charm.kind }];
  });
}
