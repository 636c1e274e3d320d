import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
  type Location as LspLocation,
} from "vscode-languageserver";
import { type Diagnostic, ruleDocumentation, type Severity } from "#ide";
import type { Location } from "#syntax";
import type { Moment } from "./moment.ts";

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
export function lspDiagnostic(moment: Moment, finding: Diagnostic): LspDiagnostic {
  const { client } = moment;
  const canShow = client.capabilities.textDocument?.publishDiagnostics ?? client.capabilities.textDocument?.diagnostic;
  const related = finding.related.flatMap(({ location, message }) => {
    const at = lspLocation(moment, location);
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
export function lspLocation(moment: Moment, location: Location): LspLocation | null {
  const uri = moment.names.uriOf(location.file.path);
  return uri === null ? null : { uri, range: moment.client.positions.range(location.file, location.span) };
}

/** All findings of one file, as LSP says them. */
export function lspDiagnosticsOf(moment: Moment, path: string): LspDiagnostic[] {
  const findings = moment.analysis.diagnosticsByPath().get(path) ?? [];
  return findings.map((finding) => lspDiagnostic(moment, finding));
}
