import { pathRequest, uriRequest } from "#protocol";
import type { Feature } from "./feature.ts";

/** Between the paths that answers of this server name and the client's URIs, both ways. */
export const names: Feature = (serving) => {
  serving.own(uriRequest, (snapshot, { path }) => ({ uri: snapshot.names.uriOf(path) }));
  serving.own(pathRequest, (snapshot, { uri }) => ({ path: snapshot.names.pathOf(uri) }));
};
