import type { Consequence } from "#mesh";
import { changeSentence } from "#picture";
import { physicalLocation } from "./diagnostics-sarif.ts";

const LEVEL = { opened: "warning", widened: "warning", closed: "warning", narrowed: "note", changed: "note" } as const;
const KINDS = ["opened", "widened", "closed", "narrowed", "changed"] as const;

/**
 * The difference as a SARIF 2.1.0 log, so that code scanning shows what a change opens on the line that opens it. A place in the older state has
 * no line in the scanned files, so its result has no location.
 */
export function changesSarif(changes: readonly Consequence[], version: string): object {
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
            rules: KINDS.map((kind) => ({
              id: `policy-${kind}`,
              shortDescription: { text: `A flow is ${kind}.` },
              defaultConfiguration: { level: LEVEL[kind] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: changes.map((change) => {
          const place =
            change.side === "after" ? change.because.find((reason) => reason.location !== null)?.location : null;
          const details = [...change.gained.map((grant) => `+ ${grant}`), ...change.lost.map((grant) => `- ${grant}`)];
          return {
            ruleId: `policy-${change.kind}`,
            ruleIndex: KINDS.indexOf(change.kind),
            level: LEVEL[change.kind],
            message: { text: [changeSentence(change, false).join(": "), ...details].join("\n") },
            ...(place ? { locations: [{ physicalLocation: physicalLocation(place) }] } : {}),
            partialFingerprints: { "charmMesh/flow/v1": `${change.source}:${change.target}:${change.via}` },
          };
        }),
      },
    ],
  };
}
