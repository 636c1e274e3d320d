// Builds the files of a release and checks that version, changelog, tag and documents agree.
// npm run release -- --dry-run            every step that needs no account, into artifacts/release
// npm run release -- --check --tag v1.2.3 only the check

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { root } from "./bundles.mts";
import { ended, scriptCommand } from "./start/run-command.mts";

const text = (name: string): string => readFileSync(path.join(root, name), "utf8");

/** The versions that this repository states. */
interface StatedVersions {
  readonly version: string;
  readonly lockVersion: string;
  readonly changelog: string;
  /** Texts that may name a version of the action or the hook, by path. */
  readonly documents: Readonly<Record<string, string>>;
  /** The tag of the release; null if there is none yet. */
  readonly tag: string | null;
}

/** Returns one sentence for each place that disagrees about the version. */
export function disagreements({ version, lockVersion, changelog, documents, tag }: StatedVersions): readonly string[] {
  const found: string[] = [];
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    found.push(`package.json: “${version}” is not a version (MAJOR.MINOR.PATCH).`);
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
      found.push(`CHANGELOG.md gives no date (YYYY-MM-DD) for ${version}, but “${date ?? ""}”.`);
  }
  return found;
}

/** Returns the section of a changelog for one version, without its heading; "" if there is none. */
export function changesOf(changelog: string, version: string): string {
  const start = changelog.indexOf(`## [${version}]`);
  if (start < 0) return "";
  const body = changelog.slice(changelog.indexOf("\n", start) + 1);
  const end = body.search(/^## \[/m);
  return `${(end < 0 ? body : body.slice(0, end)).trim()}\n`;
}

function stated(tag: string | null): StatedVersions {
  const pages = ["README.md", ...readdirSync(path.join(root, "docs/guide")).map((name) => `docs/guide/${name}`)];
  return {
    version: JSON.parse(text("package.json")).version,
    lockVersion: JSON.parse(text("package-lock.json")).version,
    changelog: text("CHANGELOG.md"),
    documents: Object.fromEntries(pages.map((name) => [name, text(name)])),
    tag,
  };
}

async function run(step: string, command: string, args: readonly string[]): Promise<string> {
  process.stdout.write(`${step}… `);
  const { code, output } = await ended(command, args, { cwd: root });
  console.log(code === 0 ? "done" : "failed");
  if (code !== 0) throw new Error(`${step} failed:\n${output}`);
  return output;
}

async function files(version: string): Promise<void> {
  const folder = path.join(root, "artifacts", "release");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await run("vsix", process.execPath, scriptCommand("package"));
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

async function main(): Promise<void> {
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
    throw new Error("A release is made by pushing a tag: .github/workflows/release.yml. Here only --dry-run works.");
  await files(given.version);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await main().catch((problem) => {
    console.error(problem instanceof Error ? problem.message : String(problem));
    process.exit(1);
  });
