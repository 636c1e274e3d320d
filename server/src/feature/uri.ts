import { uriRequest } from "#protocol";
import type { Feature } from "./feature.ts";

/** The URI of a path that an answer of this server named. */
export const uri: Feature = {
  capabilities: () => ({}),
  serve: (serving) => serving.own(uriRequest, (moment, { path }) => ({ uri: moment.names.uriOf(path) })),
};
