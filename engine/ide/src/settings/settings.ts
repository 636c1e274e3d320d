import * as z from "zod";

const severity = z.enum(["off", "hint", "information", "warning", "error"]);

/** The one source of all settings: package.json's configuration block is generated from it. */
export const settingsSchema = z.object({
  rules: z.record(z.string(), severity).default({}).describe("Severity of single rules by name, or `off`."),
  showGraphAtStart: z
    .boolean()
    .default(false)
    .describe("Open the traffic graph beside the editor when a window with a charm opens."),
});

export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
