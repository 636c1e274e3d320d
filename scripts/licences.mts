// The packages in the bundles and their licences, for THIRD-PARTY.md.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { bundles, esbuildOptions, root } from "./bundles.mts";

/** Licences that permit redistribution in an Apache-2.0 work that includes their texts. */
export const COMPATIBLE: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  // dompurify: Apache-2.0 is the one that applies here.
  "(MPL-2.0 OR Apache-2.0)",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "ISC",
  "MIT",
];

/** One package. `licence` is the SPDX expression of its package.json, `text` its LICENSE file ("" without one). */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** Builds every bundle in memory and returns the packages that contribute code to one, sorted by name. */
export async function bundledPackages(): Promise<readonly Package[]> {
  const results = await Promise.all(
    bundles.map((bundle) => build({ ...esbuildOptions(bundle), write: false, sourcemap: false })),
  );
  const inputs = results.flatMap(({ metafile }) =>
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

/** Returns the text of THIRD-PARTY.md. */
export function thirdPartyText(packages: readonly Package[]): string {
  const texts = new Map<string, Package[]>();
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

/** The folder of the package that a file belongs to; empty for the project's own files. */
function packageFolder(file: string): readonly string[] {
  const [, folder] = /^.*?((?:.*[\\/])?node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file) ?? [];
  return folder ? [folder.replaceAll("\\", "/").replace(/^.*?(?=node_modules\/)/, "")] : [];
}

function packageAt(folder: string): Package {
  const at = path.join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(path.join(at, "package.json"), "utf8"));
  const file = existsSync(at) ? readdirSync(at).find((each) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(each)) : undefined;
  const text = file ? readFileSync(path.join(at, file), "utf8").replaceAll("\r\n", "\n").trim() : "";
  return { name, version, licence: license ?? licenceOf(text), text };
}

/** The licence that a text states, for a package whose package.json names none. */
function licenceOf(text: string): string {
  return /^(?:The )?MIT License[\s\S]+Permission is hereby granted, free of charge/.test(text) ? "MIT" : "none";
}
