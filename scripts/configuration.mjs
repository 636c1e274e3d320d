// package.json's configuration block, made from the one schema of the settings.

import * as z from "zod";

/**
 * The block that VS Code shows as the extension's settings. `settings` is the zod schema, `rules` lists each rule's name, its
 * sentence and its usual severity, so that a person finds every rule by name.
 */
export function configurationBlock(settings, rules) {
  const { properties } = z.toJSONSchema(settings, { io: "input" });
  return {
    title: "Charm Mesh",
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [`charmMesh.${name}`, settingOf(name, schema, rules)]),
    ),
  };
}

function settingOf(name, { description, ...schema }, rules) {
  const shown = { scope: "resource", markdownDescription: description, ...schema };
  if (name !== "rules") return shown;
  const { enum: severities } = schema.additionalProperties;
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
