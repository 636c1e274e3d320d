import { type Diagnostic, type Fix, RULES, ruleDocumentation } from "#ide";
import { type Location, positionAt, rangeOf, type SourceFile } from "#syntax";

const LEVEL = { error: "error", warning: "warning", information: "note", hint: "note" } as const;

/**
 * A SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) with the rules, related locations and fixes.
 * `fileOf` gives the file that a fix edits, for its line numbers; edits of files that are not there yet start at line 1.
 */
export function diagnosticsSarif(
  diagnostics: readonly Diagnostic[],
  version: string,
  fileOf: (path: string) => SourceFile | undefined,
): object {
  const codes = [...new Set([...RULES.map((rule) => rule.name), ...diagnostics.map((one) => one.code)])].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "charm-mesh",
            semanticVersion: version,
            informationUri: "https://github.com/charm-mesh/charm-mesh",
            rules: codes.map((code) => {
              const rule = RULES.find((one) => one.name === code);
              return {
                id: code,
                helpUri: ruleDocumentation(code),
                ...(rule
                  ? {
                      shortDescription: { text: rule.summary },
                      defaultConfiguration: { level: LEVEL[rule.severities[0]] },
                    }
                  : {}),
              };
            }),
          },
        },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((one) => ({
          ruleId: one.code,
          ruleIndex: codes.indexOf(one.code),
          level: LEVEL[one.severity],
          message: { text: one.message },
          locations: [{ physicalLocation: physicalLocation(one.location) }],
          ...(one.related.length > 0
            ? {
                relatedLocations: one.related.map((related, index) => ({
                  id: index + 1,
                  physicalLocation: physicalLocation(related.location),
                  message: { text: related.message },
                })),
              }
            : {}),
          ...(one.fixes.length > 0 ? { fixes: one.fixes.map((fix) => sarifFix(fix, fileOf)) } : {}),
          partialFingerprints: { "charmMesh/v1": fingerprint(one) },
        })),
      },
    ],
  };
}

function sarifFix(fix: Fix, fileOf: (path: string) => SourceFile | undefined): object {
  return {
    description: { text: fix.title },
    artifactChanges: fix.edits.map((change) => {
      const file = fileOf(change.path);
      return {
        artifactLocation: { uri: uriOf(change.path) },
        replacements: change.edits.map((edit) => ({
          deletedRegion: file
            ? region({ file, span: edit.span })
            : { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
          insertedContent: { text: edit.newText },
        })),
      };
    }),
  };
}

/** A location in SARIF's format. */
export function physicalLocation(location: Location): object {
  return { artifactLocation: { uri: uriOf(location.file.path) }, region: region(location) };
}

function region(location: Location): object {
  const { start, end } = rangeOf(location.file, location.span);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** A relative reference: every part percent-encoded, as RFC 3986 wants it. */
function uriOf(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** Stable while lines move: code, path and the text that is marked. */
function fingerprint(one: Diagnostic): string {
  const { file, span } = one.location;
  const marked = file.text.slice(span.start, span.end).slice(0, 200);
  const { character } = positionAt(file, span.start);
  return `${one.code}:${file.path}:${character}:${marked}`.replace(/\s+/g, " ");
}
