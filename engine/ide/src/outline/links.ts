import { interfaceKnowledge } from "#charm";
import type { Location } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { answered, type ByKind } from "../cursor/target.ts";
import { targetsIn } from "../cursor/target-at.ts";

/** A place that leads to a page. */
export interface DocumentLink {
  readonly location: Location;
  readonly url: string;
  readonly tooltip: string;
}

type Page = Omit<DocumentLink, "location">;

const NONE = (): null => null;

const PAGES: ByKind<[], Page | null> = {
  // An interface of the charm's own, such as that of its peers, has no page.
  interface: ({ name, relation }) =>
    relation.side === "peers" || interfaceKnowledge(name) === null
      ? null
      : {
          url: `https://charmhub.io/integrations/${encodeURIComponent(name)}`,
          tooltip: `The interface ${name} on Charmhub`,
        },
  "charm-lib": ({ lib: { lib } }) => {
    const [charm = "", name = ""] = lib.split(".");
    if (charm === "" || name === "") return null;
    return {
      url: `https://charmhub.io/${encodeURIComponent(charm.replaceAll("_", "-"))}/libraries/${encodeURIComponent(name)}`,
      tooltip: `The library ${lib} on Charmhub`,
    };
  },
  relation: NONE,
  "relation-use": NONE,
  "endpoint-key": NONE,
  policy: NONE,
  ports: NONE,
  method: NONE,
  coordinator: NONE,
  worker: NONE,
  consumer: NONE,
  "proxy-port": NONE,
  "deployed-endpoint": NONE,
};

/** Published interfaces lead to their pages on Charmhub, charm libraries to theirs. Nothing is fetched: an editor opens them when asked. */
export function documentLinks(analysis: Analysis, path: string): readonly DocumentLink[] {
  return targetsIn(analysis, path).flatMap((target) => {
    const page = answered(PAGES, target);
    return page ? [{ location: target.location, ...page }] : [];
  });
}
