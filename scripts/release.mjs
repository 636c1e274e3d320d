// The files of a release, and whether version, changelog, tag and documents agree.
// npm run release -- --dry-run              every step that needs no account, into artifacts/release
// node scripts/release.mjs --check --tag v1 only the agreement

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { root } from "./bundles.mjs";
import { ended } from "./start/run-command.mjs";

const text = (name) => readFileSync(path.join(root, name), "utf8");

/**
 * What disagrees about the version: one sentence each.
 * @param {{ version: string, lockVersion: string, changelog: string, documents: Readonly<Record<string, string>>, tag: string | null }} given
 *   `documents`: texts that may name a version of the action or the hook, by path. `tag`: the tag that is released; null: none yet.
 * @returns {string[]}
 */
export function disagreements({ version, lockVersion, changelog, documents, tag }) {
  const found = [];
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    found.push(`package.json: “${version}” is no version (MAJOR.MINOR.PATCH).`);
  if (lockVersion !== version) found.push(`package-lock.json says ${lockVersion}, package.json ${version}.`);
  const [, newest, date] = /^## \[([^\]]+)\](?: - (\S+))?/m.exec(changelog) ?? [];
  if (newest !== version)
    found.push(`CHANGELOG.md begins with ${newest ?? "no version"}, package.json says ${version}.`);
  for (const [name, document] of Object.entries(documents))
    for (const [, named] of document.matchAll(/(?:charm-mesh\/charm-mesh@|rev: )v([\w.-]*\w)/g))
      if (named !== version) found.push(`${name} names v${named}, package.json says ${version}.`);
  if (tag !== null) {
    if (tag !== `v${version}`) found.push(`The tag is ${tag}, package.json says ${version}: it must be v${version}.`);
    if (!/^\d{4}-\d\d-\d\d$/.test(date ?? ""))
      found.push(`CHANGELOG.md gives ${version} no date (YYYY-MM-DD), but “${date ?? ""}”.`);
  }
  return found;
}

/** The part of a changelog that is about one version, without its heading. @param {string} changelog @param {string} version */
export function changesOf(changelog, version) {
  const start = changelog.indexOf(`## [${version}]`);
  if (start < 0) return "";
  const body = changelog.slice(changelog.indexOf("\n", start) + 1);
  const end = body.search(/^## \[/m);
  return `${(end < 0 ? body : body.slice(0, end)).trim()}\n`;
}

/** The versions that this repository names. @param {string | null} tag */
function stated(tag) {
  const pages = ["README.md", ...readdirSync(path.join(root, "docs/guide")).map((name) => `docs/guide/${name}`)];
  return {
    version: JSON.parse(text("package.json")).version,
    lockVersion: JSON.parse(text("package-lock.json")).version,
    changelog: text("CHANGELOG.md"),
    documents: Object.fromEntries(pages.map((name) => [name, text(name)])),
    tag,
  };
}

async function run(step, command, args) {
  process.stdout.write(`${step}… `);
  const { code, output } = await ended(command, args, { cwd: root });
  console.log(code === 0 ? "done" : "failed");
  if (code !== 0) throw new Error(`${step} failed:\n${output}`);
  return output;
}

async function files(version) {
  const folder = path.join(root, "artifacts", "release");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await run("vsix", process.execPath, [path.join(root, "scripts/package.mjs")]);
  writeFileSync(path.join(folder, `charm-mesh-${version}.vsix`), readFileSync(path.join(root, "dist/charm-mesh.vsix")));
  await run("npm package", npm, ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder]);
  const sbom = execFileSync(npm, ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  writeFileSync(path.join(folder, `charm-mesh-${version}.cdx.json`), sbom);
  writeFileSync(path.join(folder, "CHANGES.md"), changesOf(text("CHANGELOG.md"), version));
  const sums = readdirSync(folder)
    .sort()
    .map(
      (name) =>
        `${createHash("sha256")
          .update(readFileSync(path.join(folder, name)))
          .digest("hex")}  ${name}\n`,
    );
  writeFileSync(path.join(folder, "SHA256SUMS"), sums.join(""));
  console.log(`\n${sums.join("")}\nThese files are in artifacts/release.`);
}

async function main() {
  const { values } = parseArgs({
    options: { "dry-run": { type: "boolean" }, check: { type: "boolean" }, tag: { type: "string" } },
  });
  const given = stated(values.tag ?? null);
  const found = disagreements(given);
  if (found.length > 0) throw new Error(found.join("\n"));
  console.log(
    `version ${given.version}: package, lock, changelog and documents agree${values.tag ? " with the tag" : ""}.`,
  );
  if (values.check) return;
  if (!values["dry-run"])
    throw new Error("A release is made by pushing a tag: .github/workflows/release.yml. Here there is only --dry-run.");
  await files(given.version);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await main().catch((problem) => {
    console.error(problem instanceof Error ? problem.message : String(problem));
    process.exit(1);
  });
