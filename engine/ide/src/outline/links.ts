import type { Location } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { targetsIn } from "../cursor/target-at.ts";

/** A place that leads to a page. */
export interface DocumentLink {
  readonly location: Location;
  readonly url: string;
  readonly tooltip: string;
}

/** Interfaces lead to their pages on Charmhub, charm libraries to theirs. Nothing is fetched: an editor opens them when asked. */
export function documentLinks(analysis: Analysis, path: string): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const target of targetsIn(analysis, path)) {
    if (target.kind === "interface") {
      links.push({
        location: target.location,
        url: `https://charmhub.io/integrations/${encodeURIComponent(target.name)}`,
        tooltip: `The interface ${target.name} on Charmhub`,
      });
    }
    if (target.kind === "charm-lib") {
      const [charm = "", name = ""] = target.lib.lib.split(".");
      if (charm === "" || name === "") continue;
      links.push({
        location: target.location,
        url: `https://charmhub.io/${encodeURIComponent(charm.replaceAll("_", "-"))}/libraries/${encodeURIComponent(name)}`,
        tooltip: `The library ${target.lib.lib} on Charmhub`,
      });
    }
  }
  return links;
}
