import type { PolicyChange } from "#mesh";
import { flowWords } from "./changes-text.ts";
import { physicalLocation } from "./diagnostics-sarif.ts";

const LEVEL = { widened: "warning", added: "warning", changed: "warning", narrowed: "note", removed: "note" } as const;

/** The difference as a SARIF 2.1.0 log, so that code scanning shows what a change opens on the line that opens it. */
export function changesSarif(changes: readonly PolicyChange[], version: string): object {
  const kinds = ["widened", "added", "changed", "narrowed", "removed"] as const;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "charm-mesh diff",
            semanticVersion: version,
            informationUri: "https://github.com/charm-mesh/charm-mesh",
            rules: kinds.map((kind) => ({
              id: `policy-${kind}`,
              shortDescription: { text: `A flow is ${kind}.` },
              defaultConfiguration: { level: LEVEL[kind] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: changes.map((change) => {
          const place = change.because.find((reason) => reason.location !== null)?.location;
          const details = [...change.gained.map((grant) => `+ ${grant}`), ...change.lost.map((grant) => `- ${grant}`)];
          return {
            ruleId: `policy-${change.kind}`,
            ruleIndex: kinds.indexOf(change.kind),
            level: LEVEL[change.kind],
            message: { text: [`${flowWords(change)} is ${change.kind}`, ...details].join("\n") },
            ...(place ? { locations: [{ physicalLocation: physicalLocation(place) }] } : {}),
            partialFingerprints: { "charmMesh/flow/v1": `${change.source}:${change.target}:${change.via}` },
          };
        }),
      },
    ],
  };
}
