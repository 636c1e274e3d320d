import type { Analysis, Workspace } from "#ide";
import type { SourceFile } from "#syntax";
import type { ClientInfo } from "./client-info.ts";
import type { Names } from "./names.ts";
import type { Positions } from "./position.ts";

/** What the client sent with `initialize`, and how it counts characters. */
export interface Client extends ClientInfo {
  readonly positions: Positions;
}

/** Everything that is known at one time. Immutable; every request is answered from one. */
export interface ServerSnapshot {
  readonly workspace: Workspace;
  readonly analysis: Analysis;
  readonly names: Names;
  readonly client: Client;
  /** A file by the server's path; null for one that no charm and no topology needs. */
  readonly file: (path: string) => SourceFile | null;
  /** The client's version of an open document; null for one that is not open. */
  readonly openVersion: (path: string) => number | null;
}

/** The file that a client's URI names, or null for one that is no matter of ours. */
export function fileAt(snapshot: ServerSnapshot, uri: string): SourceFile | null {
  const path = snapshot.names.pathOf(uri);
  return path === null ? null : snapshot.file(path);
}
