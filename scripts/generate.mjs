// Writes what is generated: npm run generate. Tests compare what is there with what this would write.
//   package.json                        the configuration block, from the schema of the settings
//   docs/rules/README.md                the list of all rules, from the registry and their pages
//   l10n/bundle.l10n.json               the client's texts, for translations to start from
//   THIRD-PARTY.md                      the packages that the bundles hold, with their licences
//   schemas/mesh-topology.schema.json   the form of mesh-topology.yaml, from the schema that reads it

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./bundles.mjs";
import { configurationBlock } from "./configuration.mjs";
import { l10nBundle } from "./l10n.mjs";
import { bundledPackages, thirdPartyText } from "./licences.mjs";
import { ruleIndex } from "./rule-index.mjs";

const { settingsSchema, RULES } = await engine("engine/ide/src/index.ts");
const { RULE_GROUPS } = await engine("engine/ide/src/rules/registry.ts");
const { meshTopologyJsonSchema } = await engine("engine/mesh/src/topology/sources/mesh-topology-schema.ts");
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

/** A room's public interface, bundled for this process. The bundle is inside the repository, so that Node finds the packages. */
async function engine(entry) {
  const folder = mkdtempSync(path.join(root, "node_modules", ".charm-mesh-generate-"));
  try {
    const outfile = path.join(folder, "engine.mjs");
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      // The schema has to be of the same zod that turns it into JSON Schema; the others may stay outside as well.
      packages: "external",
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
