import { type CodeLens, CodeLensRequest, CodeLensResolveRequest } from "vscode-languageserver";
import * as z from "zod";
import { lensAt, lensPlaces } from "#ide";
import { fileAt } from "../moment.ts";
import type { Feature } from "./feature.ts";

const COMMANDS = { "show-graph": "charmMesh.showGraph", "show-policies": "charmMesh.showPolicies" } as const;

/** What a lens carries between being placed and being shown. */
const carried = z.object({ uri: z.string(), offset: z.number().int().nonnegative() });

/** Lenses on calls, policies and mesh relations. Their titles are worked out when they come into view. */
export const codeLens: Feature = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
  serve: (serving) => {
    serving.standard(CodeLensRequest.type, (moment, { textDocument }): CodeLens[] | null => {
      const file = fileAt(moment, textDocument.uri);
      if (file === null) return null;
      return lensPlaces(moment.analysis, file.path).map((place) => ({
        range: moment.client.positions.range(place.file, place.span),
        data: { uri: textDocument.uri, offset: place.span.start },
      }));
    });
    serving.standard(CodeLensResolveRequest.type, (moment, lens): CodeLens => {
      const data = carried.safeParse(lens.data);
      const file = data.success ? fileAt(moment, data.data.uri) : null;
      const found = data.success && file !== null ? lensAt(moment.analysis, file.path, data.data.offset) : null;
      const title = found?.title ?? "…";
      const command = found ? COMMANDS[found.action] : "";
      return { ...lens, command: { title, command, arguments: [] } };
    });
  },
};
