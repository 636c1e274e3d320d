import { type CharmMetadata, type CharmModel, publicCharmNamed } from "#charm";
import { memo } from "#syntax";

/** One endpoint that a deployed charm has, as far as it matters for relations. */
export interface CharmEndpoint {
  readonly endpoint: string;
  readonly side: "provides" | "requires";
  readonly interface: string;
}

export interface CharmEndpoints {
  readonly endpoints: readonly CharmEndpoint[];
  /** Peer endpoints; empty where they are not known. */
  readonly peers: readonly string[];
  /** Read from the charm itself, so that what is not listed does not exist. Published charms have other revisions too. */
  readonly exact: boolean;
}

/** Looks up a charm's endpoints by the charm's name. null for a charm that is neither in the workspace nor in the catalog. */
export type EndpointLookup = (charm: string | null) => CharmEndpoints | null;

/** The endpoints of charms in the workspace, else of published ones. Of two charms with one name the one that is no test's counts. */
export function endpointLookup(models: readonly CharmModel[]): EndpointLookup {
  const known = new Map<string, CharmEndpoints>();
  for (const isTest of [false, true]) {
    for (const { test, metadata } of models) {
      if (test === isTest && metadata.name !== null && !known.has(metadata.name))
        known.set(metadata.name, endpointsOf(metadata));
    }
  }
  return (charm) => {
    if (charm === null) return null;
    const own = known.get(charm);
    if (own) return own;
    const published = publicCharmNamed(charm);
    return published && publishedEndpoints(published);
  };
}

const endpointsOf = memo(({ relations }: CharmMetadata): CharmEndpoints => {
  return {
    exact: true,
    peers: relations.filter((relation) => relation.side === "peers").map((relation) => relation.endpoint),
    endpoints: relations.flatMap((relation) =>
      relation.side === "peers" || relation.interface === null
        ? []
        : [{ endpoint: relation.endpoint, side: relation.side, interface: relation.interface }],
    ),
  };
});

const publishedEndpoints = memo(
  ({ endpoints }: NonNullable<ReturnType<typeof publicCharmNamed>>): CharmEndpoints => ({
    endpoints,
    peers: [],
    exact: false,
  }),
);
