import { addMeshSupport, lockNotices, meshSupportCharms } from "#ide";
import { addMeshSupportRequest } from "#protocol";
import type { FileEdit } from "#syntax";
import type { Moment } from "../moment.ts";
import { type Questioned, workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";

/** The guide's steps over a charm and its cluster, as one edit that a person looks at first. */
export const meshSupport: Feature = (serving) =>
  serving.own(addMeshSupportRequest, (moment, { uri }) => {
    const path = moment.names.pathOf(uri);
    const charms = path === null ? [] : meshSupportCharms(moment.analysis, path);
    const edits = addMeshSupport(charms, moment.analysis.parser);
    const edit = askedEdit(moment, edits);
    return {
      edit: edit && { ...edit },
      charms: charms.map(({ metadata, charm }) => metadata.name ?? charm.root),
      notices: edit ? [...lockNotices(edits, (name) => moment.file(name) !== null)] : [],
    };
  });

/** The edit, every part of which the person is asked about where the client can ask; null where there is nothing to do. */
export function meshSupportEdit(moment: Moment, path: string): ReturnType<typeof workspaceEdit> {
  return askedEdit(moment, addMeshSupport(meshSupportCharms(moment.analysis, path), moment.analysis.parser));
}

function askedEdit(moment: Moment, edits: readonly FileEdit[]): ReturnType<typeof workspaceEdit> {
  if (edits.length === 0) return null;
  const question: Questioned = {
    edits,
    label: "Add service mesh support",
    description: "The steps of the guide, over all files of the charm and its cluster.",
  };
  return moment.client.capabilities.workspace?.workspaceEdit?.changeAnnotationSupport
    ? workspaceEdit(moment, [], question)
    : workspaceEdit(moment, edits);
}
