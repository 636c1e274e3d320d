import { TextDocumentContentRequest } from "vscode-languageserver";
import { DEFAULT_GRAPH_OPTIONS } from "#protocol";
import { DOCUMENT_SCHEME } from "../document-scheme.ts";
import type { Feature } from "./feature.ts";
import { policiesText } from "./policies.ts";

/** The documents `charm-mesh:/policies` and `charm-mesh:/policies.yaml`, for clients that open documents of a server (LSP 3.18). */
export const policiesDocument: Feature = (serving) =>
  serving.standard(TextDocumentContentRequest.type, (snapshot, { uri }) => ({
    text: uri.startsWith(`${DOCUMENT_SCHEME}:`)
      ? policiesText(snapshot, DEFAULT_GRAPH_OPTIONS, uri.endsWith(".yaml") ? "yaml" : "table")
      : "",
  }));
