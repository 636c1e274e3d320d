import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
  type Location as LspLocation,
} from "vscode-languageserver";
import { type Diagnostic, ruleDocumentation, type Severity } from "#ide";
import type { Location } from "#syntax";
import type { ServerSnapshot } from "./snapshot.ts";

/** The source that every diagnostic names (contract.md). */
export const DIAGNOSTIC_SOURCE = "charm-mesh";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** A finding as LSP says it: with its rule's page, its other places where the client shows them, and its tags. */
export function lspDiagnostic(snapshot: ServerSnapshot, finding: Diagnostic): LspDiagnostic {
  const { client } = snapshot;
  const canShow = client.capabilities.textDocument?.publishDiagnostics ?? client.capabilities.textDocument?.diagnostic;
  const related = finding.related.flatMap(({ location, message }) => {
    const at = lspLocation(snapshot, location);
    return at ? [{ location: at, message }] : [];
  });
  return {
    range: client.positions.range(finding.location.file, finding.location.span),
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    codeDescription: { href: ruleDocumentation(finding.code) },
    source: DIAGNOSTIC_SOURCE,
    message: finding.message,
    ...(finding.tags.length > 0 ? { tags: finding.tags.map((tag) => TAGS[tag]) } : {}),
    ...(canShow?.relatedInformation && related.length > 0 ? { relatedInformation: related } : {}),
  };
}

/** A place as LSP says it; null for a file that the client could not open. */
export function lspLocation(snapshot: ServerSnapshot, location: Location): LspLocation | null {
  const uri = snapshot.names.uriOf(location.file.path);
  return uri === null ? null : { uri, range: snapshot.client.positions.range(location.file, location.span) };
}

/** All findings of one file, as LSP says them. */
export function lspDiagnosticsOf(snapshot: ServerSnapshot, path: string): LspDiagnostic[] {
  const findings = snapshot.analysis.diagnosticsByPath().get(path) ?? [];
  return findings.map((finding) => lspDiagnostic(snapshot, finding));
}
