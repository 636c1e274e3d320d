import type { Connection } from "vscode-languageserver/browser";
import { listFilesRequest, readFilesRequest } from "#protocol";
import type { PlatformFiles } from "../src/index.ts";

/** Files that the client reads for us: a worker has no disk, and the client's file systems may be anywhere. */
export function clientFiles(connection: Connection): PlatformFiles {
  return {
    list: async (folder) => {
      const answer = await connection.sendRequest(listFilesRequest.method, { folder });
      return listFilesRequest.result.parse(answer).uris;
    },
    read: async (uris) => {
      if (uris.length === 0) return [];
      const answer = await connection.sendRequest(readFilesRequest.method, { uris });
      const { files } = readFilesRequest.result.parse(answer);
      return uris.map((_, index) => {
        const file = files[index];
        if (!file) return null;
        if (file.text !== null) return { text: file.text };
        return file.problem === null ? null : { unreadable: file.problem };
      });
    },
    charmFolder: async () => null,
  };
}
