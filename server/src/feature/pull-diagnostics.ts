import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
} from "vscode-languageserver";
import { DIAGNOSTIC_SOURCE, lspDiagnosticsOf } from "../lsp-diagnostic.ts";
import type { Feature } from "./feature.ts";

/**
 * Diagnostics of one file for a client that pulls them. Closed files are pushed, so there is no pull of the whole workspace
 * that would bring them twice.
 */
export const pullDiagnostics: Feature = {
  capabilities: (client) =>
    client.diagnostics === "pull"
      ? {
          diagnosticProvider: {
            identifier: DIAGNOSTIC_SOURCE,
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }
      : {},
  serve: (serving) =>
    serving.standard(DocumentDiagnosticRequest.type, (moment, { textDocument }): DocumentDiagnosticReport => {
      const path = moment.names.pathOf(textDocument.uri);
      return {
        kind: DocumentDiagnosticReportKind.Full,
        items: path === null ? [] : lspDiagnosticsOf(moment, path),
      };
    }),
};
