import { CodeLensRequest, CodeLensResolveRequest } from "vscode-languageserver";
import * as z from "zod/mini";
import { lensAt, lensPlaces } from "#ide";
import type { CommandName } from "../command-names.ts";
import type { Feature } from "./feature.ts";
import { placeOf, rangeAt } from "./place.ts";

const COMMANDS = {
  "show-graph": "charmMesh.showGraph",
  "show-policies": "charmMesh.showPolicies",
  "add-mesh-support": "charmMesh.addMeshSupport",
} as const;

/** What a lens is resolved from: the document and the lens's action. */
const dataSchema = z.object({ uri: z.string(), action: z.enum(["show-graph", "show-policies", "add-mesh-support"]) });

/** Lines above the Coordinator call, policies and mesh relations, and above the name of a charm without mesh support; their policies are counted only when they come into sight. */
export const codeLens: Feature = (serving) => {
  serving.standard(CodeLensRequest.type, (snapshot, { textDocument }) => {
    const path = snapshot.names.pathOf(textDocument.uri);
    if (path === null) return null;
    return lensPlaces(snapshot.analysis, path).map(({ location, action }) => ({
      range: rangeAt(snapshot, location),
      data: { uri: textDocument.uri, action },
    }));
  });
  serving.standard(CodeLensResolveRequest.type, (snapshot, lens) => {
    const data = dataSchema.safeParse(lens.data);
    const place = data.success
      ? placeOf(snapshot, { textDocument: { uri: data.data.uri }, position: lens.range.start })
      : null;
    const found = data.success && place ? lensAt(snapshot.analysis, place.path, place.offset, data.data.action) : null;
    // The extension's commands in VS Code, and those of `workspace/executeCommand` anywhere else, have the same names.
    const command: CommandName = COMMANDS[found?.action ?? "show-policies"];
    return { ...lens, command: { title: found?.title ?? "…", command, arguments: argumentsOf() } };

    /** The policies open at the row of this line; mesh support is added to the charm of this file. */
    function argumentsOf(): unknown[] {
      if (!place || !data.success) return [];
      if (found?.action === "show-policies") return [{ path: place.path, line: lens.range.start.line }];
      return found?.action === "add-mesh-support" ? [data.data.uri] : [];
    }
  });
};
