// The third-party content of the bundles: the packages with their licences, for THIRD-PARTY.md.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { bundles, esbuildOptions, root } from "./bundles.mjs";

/** Licences that permit redistribution inside an Apache-2.0 work, with their texts beside it. */
export const COMPATIBLE = [
  "0BSD",
  "Apache-2.0",
  // dompurify: the choice is ours, and we take Apache-2.0.
  "(MPL-2.0 OR Apache-2.0)",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "ISC",
  "MIT",
];

/** @typedef {{ name: string, version: string, licence: string, text: string }} Package */

/**
 * Every package of which the bundles, or the files that go beside them, hold anything. The versions and licences are those of
 * the package.json files, the texts those of the LICENSE files (empty where a package brings none).
 * @returns {Promise<Package[]>}
 */
export async function bundledPackages() {
  const accounts = await Promise.all(
    bundles.map((bundle) => build({ ...esbuildOptions(bundle), write: false, sourcemap: false })),
  );
  const inputs = accounts.flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap(({ inputs: own }) =>
      Object.entries(own).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
    ),
  );
  const folders = new Set(inputs.flatMap(packageFolder));
  return [...folders]
    .map(packageAt)
    .filter(({ name, version }, at, all) => all.findIndex((one) => one.name === name && one.version === version) === at)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The text of THIRD-PARTY.md. @param {readonly Package[]} packages */
export function thirdPartyText(packages) {
  const texts = new Map();
  for (const one of packages) texts.set(one.text, [...(texts.get(one.text) ?? []), one]);
  return [
    "# Third-party software",
    "",
    "Written by `npm run generate`. Charm Mesh is under the Apache License 2.0; its built files hold parts of these packages.",
    "",
    "| package | version | licence |",
    "|---|---|---|",
    ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    "",
    ...[...texts].flatMap(([text, sharing]) =>
      text === "" ? [] : [`## ${[...new Set(sharing.map(({ name }) => name))].join(", ")}`, "", "```", text, "```", ""],
    ),
  ].join("\n");
}

/** The folder of the package that a file belongs to: none for the project's own files. */
function packageFolder(file) {
  const found = /^.*?((?:.*[\\/])?node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file);
  return found ? [found[1].replaceAll("\\", "/").replace(/^.*?(?=node_modules\/)/, "")] : [];
}

/** @returns {Package} */
function packageAt(folder) {
  const at = path.join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(path.join(at, "package.json"), "utf8"));
  const file = existsSync(at) ? readdirSync(at).find((each) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(each)) : undefined;
  const text = file ? readFileSync(path.join(at, file), "utf8").replaceAll("\r\n", "\n").trim() : "";
  return { name, version, licence: license ?? licenceOf(text), text };
}

/** The licence of a package that names none, by its text. */
function licenceOf(text) {
  return /^(?:The )?MIT License[\s\S]+Permission is hereby granted, free of charge/.test(text) ? "MIT" : "none";
}
