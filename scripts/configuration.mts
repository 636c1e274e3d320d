// package.json's configuration block, generated from the schema of the settings.

import * as z from "zod";
import type { ShownRule } from "./rule-index.mts";

type JsonSchema = z.core.JSONSchema._JSONSchema;

/**
 * The block that VS Code shows as the extension's settings. `settings` is the zod schema, `rules` lists each rule's name, its
 * summary and its default severity, so that users find every rule by name.
 */
export function configurationBlock(
  settings: z.ZodType,
  rules: readonly ShownRule[],
): Readonly<Record<string, unknown>> {
  const { properties = {} } = z.toJSONSchema(settings, { io: "input" });
  return {
    title: "Charm Mesh",
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [`charmMesh.${name}`, settingOf(name, schema, rules)]),
    ),
  };
}

function settingOf(name: string, schema: JsonSchema, rules: readonly ShownRule[]): Readonly<Record<string, unknown>> {
  if (typeof schema === "boolean") return {};
  const { description, ...rest } = schema;
  const shown = { scope: "resource", markdownDescription: description, ...rest };
  if (name !== "rules") return shown;
  const { additionalProperties: severity } = rest;
  const severities = typeof severity === "object" ? severity.enum : undefined;
  const { propertyNames: _, ...record } = shown;
  return {
    ...record,
    additionalProperties: false,
    properties: Object.fromEntries(
      [...rules]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((rule) => [
          rule.name,
          { type: "string", enum: severities, description: rule.summary, default: rule.severities[0] },
        ]),
    ),
  };
}
