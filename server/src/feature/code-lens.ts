import { CodeLensRequest, CodeLensResolveRequest } from "vscode-languageserver";
import { lensAt, lensPlaces } from "#ide";
import type { Feature } from "./feature.ts";
import { placeOf, rangeAt } from "./place.ts";

const COMMANDS = { "show-graph": "charmMesh.showGraph", "show-policies": "charmMesh.showPolicies" } as const;

/** Lines above the Coordinator call, policies and mesh relations; counted only when they come into sight. */
export const codeLens: Feature = (serving) => {
  serving.standard(CodeLensRequest.type, (moment, { textDocument }) => {
    const path = moment.names.pathOf(textDocument.uri);
    if (path === null) return null;
    return lensPlaces(moment.analysis, path).map((place) => ({
      range: rangeAt(moment, place),
      data: textDocument.uri,
    }));
  });
  serving.standard(CodeLensResolveRequest.type, (moment, lens) => {
    const uri = typeof lens.data === "string" ? lens.data : "";
    const place = placeOf(moment, { textDocument: { uri }, position: lens.range.start });
    const found = place && lensAt(moment.analysis, place.path, place.offset);
    // An editor that does not know the extension's commands still shows the line; it just can't be clicked.
    const command = found && moment.client.runsCommands ? COMMANDS[found.action] : "";
    return { ...lens, command: { title: found?.title ?? "…", command } };
  });
};
