import type { CharmModel } from "#charm";
import { type Diagnostic, ruleDocumentation } from "#ide";
import { type Location, type Range, rangeOf } from "#syntax";

/** The JSON of `check`: contract.md. */
export interface CheckReport {
  readonly version: 1;
  readonly charms: readonly { readonly path: string; readonly name: string | null; readonly kind: string }[];
  readonly diagnostics: readonly DiagnosticReport[];
  readonly summary: {
    readonly error: number;
    readonly warning: number;
    readonly information: number;
    readonly hint: number;
  };
}

export interface DiagnosticReport {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly path: string;
  readonly range: Range;
  readonly documentation: string;
  readonly related: readonly { readonly path: string; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly { readonly title: string }[];
}

/** Findings as plain data; paths as the host named them. */
export function checkReport(charms: readonly CharmModel[], diagnostics: readonly Diagnostic[]): CheckReport {
  const count = (severity: string): number => diagnostics.filter((one) => one.severity === severity).length;
  return {
    version: 1,
    charms: charms.map((charm) => ({ path: charm.charm.root || ".", name: charm.metadata.name, kind: charm.kind })),
    diagnostics: diagnostics.map(diagnosticReport),
    summary: {
      error: count("error"),
      warning: count("warning"),
      information: count("information"),
      hint: count("hint"),
    },
  };
}

function diagnosticReport(diagnostic: Diagnostic): DiagnosticReport {
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    ...placeReport(diagnostic.location),
    documentation: ruleDocumentation(diagnostic.code),
    related: diagnostic.related.map((one) => ({ ...placeReport(one.location), message: one.message })),
    fixes: diagnostic.fixes.map((fix) => ({ title: fix.title })),
  };
}

function placeReport(location: Location): { path: string; range: Range } {
  return { path: location.file.path, range: rangeOf(location.file, location.span) };
}
