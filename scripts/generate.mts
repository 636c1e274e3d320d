// Writes the generated files: npm run generate. Tests compare them with what this program would write.
//   package.json                        the configuration block, from the schema of the settings
//   docs/rules/README.md                the list of all rules, from the registry and their pages
//   l10n/bundle.l10n.json               the client's texts, as the source of translations
//   THIRD-PARTY.md                      the packages in the bundles, with their licences
//   schemas/mesh-topology.schema.json   the format of mesh-topology.yaml, from the schema that reads it

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { RULES, settingsSchema } from "#ide";
import { RULE_GROUPS } from "../engine/ide/src/rules/registry.ts";
import { meshTopologyJsonSchema } from "../engine/mesh/src/topology/sources/mesh-topology-schema.ts";
import { root } from "./bundles.mts";
import { configurationBlock } from "./configuration.mts";
import { l10nBundle } from "./l10n.mts";
import { bundledPackages, thirdPartyText } from "./licences.mts";
import { ruleIndex } from "./rule-index.mts";

const file = path.join(root, "package.json");
const manifest = JSON.parse(readFileSync(file, "utf8"));
manifest.contributes.configuration = configurationBlock(settingsSchema, RULES);
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
const pages = path.join(root, "docs", "rules");
writeFileSync(
  path.join(pages, "README.md"),
  ruleIndex(RULE_GROUPS, (name) => readFileSync(path.join(pages, `${name}.md`), "utf8")),
);
mkdirSync(path.join(root, "schemas"), { recursive: true });
writeFileSync(
  path.join(root, "schemas", "mesh-topology.schema.json"),
  `${JSON.stringify(meshTopologyJsonSchema(), null, 2)}\n`,
);
mkdirSync(path.join(root, "l10n"), { recursive: true });
writeFileSync(
  path.join(root, "l10n", "bundle.l10n.json"),
  `${JSON.stringify(l10nBundle(path.join(root, "client")), null, 2)}\n`,
);
writeFileSync(path.join(root, "THIRD-PARTY.md"), thirdPartyText(await bundledPackages()));
