import { pathRequest, uriRequest } from "#protocol";
import type { Feature } from "./feature.ts";

/** Between the paths that answers of this server name and the client's URIs, both ways. */
export const names: Feature = (serving) => {
  serving.own(uriRequest, (moment, { path }) => ({ uri: moment.names.uriOf(path) }));
  serving.own(pathRequest, (moment, { uri }) => ({ path: moment.names.pathOf(uri) }));
};
