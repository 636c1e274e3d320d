import * as z from "zod";

/*
 * The part of SARIF 2.1.0 that we write, as strictly as the standard says it
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html): other keys are mistakes. What this accepts, the
 * standard's own JSON Schema accepts too.
 */

const text = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);

/** 3.30: lines and columns count from 1, and no region ends before it starts. */
const region = z
  .strictObject({
    startLine: z.int().min(1),
    startColumn: z.int().min(1),
    endLine: z.int().min(1),
    endColumn: z.int().min(1),
  })
  .refine((own) => own.endLine > own.startLine || (own.endLine === own.startLine && own.endColumn >= own.startColumn));

/** 3.4.3: a relative reference of RFC 3986: no scheme, no blank, nothing that has to be escaped. */
const artifactLocation = z.strictObject({
  uri: z.string().regex(/^(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/),
});
const physicalLocation = z.strictObject({ artifactLocation, region });

/** 3.55 to 3.57: a fix changes files, each by replacing regions. */
const fix = z.strictObject({
  description: text,
  artifactChanges: z
    .array(
      z.strictObject({
        artifactLocation,
        replacements: z
          .array(z.strictObject({ deletedRegion: region, insertedContent: z.strictObject({ text: z.string() }) }))
          .min(1),
      }),
    )
    .min(1),
});

const result = z.strictObject({
  ruleId: z.string().min(1),
  ruleIndex: z.int().min(0),
  level,
  message: text,
  locations: z.array(z.strictObject({ physicalLocation })).min(1).optional(),
  relatedLocations: z
    .array(z.strictObject({ id: z.int().min(0), physicalLocation, message: text }))
    .min(1)
    .optional(),
  fixes: z.array(fix).min(1).optional(),
  partialFingerprints: z.record(z.string(), z.string()),
});

const rule = z.strictObject({
  id: z.string().min(1),
  helpUri: z.url().optional(),
  shortDescription: text.optional(),
  defaultConfiguration: z.strictObject({ level }).optional(),
});

/** A log as the standard wants it, with all references inside it leading somewhere. */
export const sarifLog = z
  .strictObject({
    $schema: z.url(),
    version: z.literal("2.1.0"),
    runs: z
      .array(
        z.strictObject({
          tool: z.strictObject({
            driver: z.strictObject({
              name: z.string().min(1),
              semanticVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
              informationUri: z.url(),
              rules: z.array(rule),
            }),
          }),
          columnKind: z.literal("utf16CodeUnits"),
          results: z.array(result),
        }),
      )
      .min(1),
  })
  .refine(
    ({ runs }) =>
      runs.every(({ results, tool }) =>
        results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId),
      ),
    "a result names another rule than its index does",
  )
  .refine(
    ({ runs }) =>
      runs.every(({ tool }) => new Set(tool.driver.rules.map(({ id }) => id)).size === tool.driver.rules.length),
    "a rule is there twice",
  );
