import {
  ApplyWorkspaceEditRequest,
  ErrorCodes,
  ExecuteCommandRequest,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowDocumentRequest,
  ShowMessageNotification,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { standaloneHtml } from "#picture";
import { DEFAULT_GRAPH_OPTIONS } from "#protocol";
import { COMMANDS, type CommandName } from "../command-names.ts";
import { shownDeployment } from "../deployment.ts";
import type { ServerSnapshot } from "../snapshot.ts";
import type { Feature, Serving } from "./feature.ts";
import { meshSupportEdit } from "./mesh-support.ts";
import { policiesText } from "./policies.ts";

type Run = (serving: Serving, snapshot: ServerSnapshot, given: readonly unknown[]) => Promise<unknown>;

const RUNS: Readonly<Record<CommandName, Run>> = {
  "charmMesh.showGraph": async (serving, snapshot) =>
    shown(serving, snapshot, "traffic-graph.html", await graphPage(serving, snapshot), true),
  "charmMesh.showPolicies": (serving, snapshot) =>
    shown(serving, snapshot, "policies.yaml", policiesText(snapshot, DEFAULT_GRAPH_OPTIONS, "yaml"), false),
  "charmMesh.addMeshSupport": (serving, snapshot, [uri]) => {
    const path = typeof uri === "string" ? snapshot.names.pathOf(uri) : null;
    if (path === null) throw invalid("charmMesh.addMeshSupport takes the URI of a file of a charm");
    const edit = meshSupportEdit(snapshot, path);
    return edit ? applied(serving, snapshot, "Add service mesh support", edit) : Promise.resolve(null);
  },
  "charmMesh.applyEdit": (serving, snapshot, [label, edit]) => {
    if (typeof label !== "string" || typeof edit !== "object" || edit === null)
      throw invalid("charmMesh.applyEdit takes a label and an edit");
    return applied(serving, snapshot, label, edit);
  },
};

/** Commands for clients without the extension: the graph as a page, the policies as a document, and edits. */
export const executeCommand: Feature = (serving) =>
  serving.standard(ExecuteCommandRequest.type, (snapshot, { command, arguments: given }) => {
    const name = COMMANDS.find((each) => each === command);
    if (!name) throw invalid(`There is no command ${command}`);
    return RUNS[name](serving, snapshot, given ?? []);
  });

async function graphPage({ platform }: Serving, snapshot: ServerSnapshot): Promise<string> {
  if (!platform.pageParts) throw new ResponseError(LSPErrorCodes.RequestFailed, "This server can't make a page.");
  const view = shownDeployment(snapshot, DEFAULT_GRAPH_OPTIONS).view();
  return standaloneHtml({ ...(await platform.pageParts()), view, title: "Traffic graph" });
}

/** Writes a file and has the client open it: in the browser where it is the graph's page. For other clients, the server shows the file's path. */
async function shown(
  { platform, connection }: Serving,
  { client }: ServerSnapshot,
  name: string,
  text: string,
  external: boolean,
): Promise<{ readonly uri: string }> {
  if (!platform.writePage)
    throw new ResponseError(LSPErrorCodes.RequestFailed, "There is no disk to write the page to.");
  const uri = await platform.writePage(name, text);
  if (client.capabilities.window?.showDocument?.support)
    await connection.sendRequest(ShowDocumentRequest.type, { uri, external, takeFocus: true });
  else
    await connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: `Charm Mesh: ${uri}`,
    });
  return { uri };
}

async function applied(
  { connection }: Serving,
  { client }: ServerSnapshot,
  label: string,
  edit: WorkspaceEdit,
): Promise<unknown> {
  if (client.capabilities.workspace?.applyEdit !== true)
    throw new ResponseError(LSPErrorCodes.RequestFailed, "This editor does not apply edits of a server.");
  return connection.sendRequest(ApplyWorkspaceEditRequest.type, { label, edit });
}

function invalid(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
