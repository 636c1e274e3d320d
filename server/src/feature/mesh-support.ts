import { addMeshSupport, lockNotices, meshSupportCharms } from "#ide";
import { addMeshSupportRequest } from "#protocol";
import { visibleText } from "#syntax";
import type { ServerSnapshot } from "../snapshot.ts";
import type { workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";
import { gapsIn, stepsEdit } from "./mesh-support-steps.ts";

/** The guide's steps over a charm and its cluster, as one edit whose parts are grouped by step. */
export const meshSupport: Feature = (serving) =>
  serving.own(addMeshSupportRequest, (snapshot, { uri }) => {
    const path = snapshot.names.pathOf(uri);
    const charms = path === null ? [] : meshSupportCharms(snapshot.analysis, path);
    const edits = addMeshSupport(charms);
    const edit = stepsEdit(snapshot, edits);
    return {
      edit: edit && { ...edit },
      charms: charms.map(({ metadata, charm }) => visibleText(metadata.name ?? charm.root)),
      gaps: edit ? gapsIn(edits) : 0,
      notices: edit ? [...lockNotices(edits, (name) => snapshot.file(name) !== null)].map(visibleText) : [],
    };
  });

/** The edit for the charm of a file; null where there is nothing to do. */
export function meshSupportEdit(snapshot: ServerSnapshot, path: string): ReturnType<typeof workspaceEdit> {
  return stepsEdit(snapshot, addMeshSupport(meshSupportCharms(snapshot.analysis, path)));
}
