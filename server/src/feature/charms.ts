import { type CharmSummary, charmsRequest } from "#protocol";
import { visibleText } from "#syntax";
import type { ServerSnapshot } from "../snapshot.ts";
import type { Feature } from "./feature.ts";

/** The charms of a workspace, for the client's tree and context keys. */
export const charms: Feature = (serving) =>
  serving.own(charmsRequest, (snapshot) => ({ charms: charmSummaries(snapshot).map(visibleCharm) }));

/** A charm whose name and folder can be shown: an editor puts them into trees, lists and messages. Its URI identifies it. */
export function visibleCharm<Charm extends Pick<CharmSummary, "name" | "path">>(charm: Charm): Charm {
  return { ...charm, name: charm.name === null ? null : visibleText(charm.name), path: visibleText(charm.path) };
}

/** One line for each charm, in the order of their folders. */
export function charmSummaries(snapshot: ServerSnapshot): CharmSummary[] {
  return snapshot.analysis.charms.flatMap((charm) => {
    const uri = snapshot.names.uriOf(charm.charm.root);
    return uri === null ? [] : [{ path: charm.charm.root, uri, name: charm.metadata.name, kind: charm.kind }];
  });
}
