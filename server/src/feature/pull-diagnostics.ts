import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
} from "vscode-languageserver";
import { lspDiagnosticsOf } from "../lsp-diagnostic.ts";
import type { Feature } from "./feature.ts";

/**
 * Diagnostics of one file for a client that pulls them. Closed files are pushed, so there is no pull of the whole workspace
 * that would bring them twice.
 */
export const pullDiagnostics: Feature = (serving) =>
  serving.aboutFile(DocumentDiagnosticRequest.type, (snapshot, { textDocument }): DocumentDiagnosticReport => {
    const path = snapshot.names.pathOf(textDocument.uri);
    return {
      kind: DocumentDiagnosticReportKind.Full,
      items: path === null ? [] : lspDiagnosticsOf(snapshot, path),
    };
  });
