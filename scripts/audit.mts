// Compares the locked packages with the known advisories. Reads files only, so it works without a network.
// npm run audit                       with the copy of the GitHub Advisory Database in artifacts/advisory-database
// npm run audit -- --database FOLDER  with another folder of advisories as JSON files in OSV's format
// npm run audit -- --refresh          first clones or updates the copy (git and a network are needed)

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { compare, valid } from "semver";
import * as z from "zod";
import { root } from "./bundles.mts";

const DATABASE = "https://github.com/github/advisory-database.git";
/** The advisories that GitHub has reviewed; all others lack reliable versions. */
const REVIEWED = "advisories/github-reviewed";

/** What is used of an advisory: https://ossf.github.io/osv-schema/ (1.7). */
const advisorySchema = z.object({
  id: z.string(),
  summary: z.string().default(""),
  withdrawn: z.string().optional(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
        ranges: z.array(z.object({ type: z.string(), events: z.array(z.record(z.string(), z.string())) })).default([]),
        versions: z.array(z.string()).default([]),
        database_specific: z.object({ last_known_affected_version_range: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});

export type Advisory = z.infer<typeof advisorySchema>;

/** One package of the lock in one version. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
}

/** A locked package that an advisory concerns. */
export interface Affected extends LockedPackage {
  readonly advisory: string;
  readonly summary: string;
  /** The lowest version that is not affected; null if the advisory names none. */
  readonly fixed: string | null;
}

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ name: z.string().optional(), version: z.string().optional() })),
});

/** The packages of a package-lock.json (version 2 or 3), each version once. Aliases have the name of the actual package. */
export function lockedPackages(lock: string): readonly LockedPackage[] {
  const found = new Map<string, LockedPackage>();
  for (const [place, { name = place.split("node_modules/").at(-1), version }] of Object.entries(
    lockSchema.parse(JSON.parse(lock)).packages,
  ))
    if (place !== "" && name !== undefined && version !== undefined) found.set(`${name}@${version}`, { name, version });
  return [...found.values()];
}

/**
 * The packages that an advisory concerns. Ranges are read as OSV defines them: sorted events, of which `introduced` begins and `fixed` or
 * `last_affected` ends a range. GitHub states some ends only in `last_known_affected_version_range`.
 */
export function affectedBy(advisory: Advisory, packages: readonly LockedPackage[]): readonly Affected[] {
  if (advisory.withdrawn !== undefined) return [];
  return advisory.affected.flatMap((affected) => {
    if (affected.package?.ecosystem.toLowerCase() !== "npm") return [];
    const last = /^<=?\s*(.+)$/.exec(affected.database_specific?.last_known_affected_version_range ?? "");
    const bound = last ? { version: last[1] ?? "", inclusive: last[0].startsWith("<=") } : null;
    return packages
      .filter(({ name }) => name === affected.package?.name)
      .flatMap((each) => {
        const range = affected.ranges.find(({ events }) => isIn(each.version, events, bound));
        if (!range && !affected.versions.includes(each.version)) return [];
        const fixed = range?.events
          .flatMap((event) => event["fixed"] ?? [])
          .find((one) => valid(one) !== null && compare(one, each.version) > 0);
        return [{ ...each, advisory: advisory.id, summary: advisory.summary, fixed: fixed ?? null }];
      });
  });
}

interface Bound {
  readonly version: string;
  readonly inclusive: boolean;
}

function isIn(version: string, events: readonly Readonly<Record<string, string>>[], bound: Bound | null): boolean {
  if (valid(version) === null) return false;
  let isAffected = false;
  let isEnded = false;
  for (const event of events.toSorted((a, b) => order(versionOf(a), versionOf(b)))) {
    const at = versionOf(event);
    if (event["introduced"] !== undefined) {
      if (order(at, version) <= 0) isAffected = true;
    } else if (event["fixed"] !== undefined) {
      isEnded = true;
      if (order(at, version) <= 0) isAffected = false;
    } else if (event["last_affected"] !== undefined) {
      isEnded = true;
      if (order(at, version) < 0) isAffected = false;
    }
  }
  if (!isAffected || isEnded || bound === null || valid(bound.version) === null) return isAffected;
  const side = compare(version, bound.version);
  return side < 0 || (bound.inclusive && side === 0);
}

function versionOf(event: Readonly<Record<string, string>>): string {
  return event["introduced"] ?? event["fixed"] ?? event["last_affected"] ?? event["limit"] ?? "0";
}

/** Orders versions; `0` is before all of them, and what is not a version is equal to everything. */
function order(a: string, b: string): number {
  if (a === "0" || b === "0") return Number(b === "0") - Number(a === "0") === 0 ? 0 : a === "0" ? -1 : 1;
  return valid(a) === null || valid(b) === null ? 0 : compare(a, b);
}

/** The advisories below a folder. Files that mention no npm package are not parsed; a file that is no advisory ends the audit. */
function* advisoriesBelow(folder: string): Generator<Advisory> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* advisoriesBelow(at);
    else if (entry.name.endsWith(".json")) {
      const text = readFileSync(at, "utf8");
      if (!/"ecosystem":\s*"npm"/i.test(text)) continue;
      const read = advisorySchema.safeParse(JSON.parse(text));
      if (!read.success) throw new Error(`${at} is not an advisory in OSV's format: ${z.prettifyError(read.error)}`);
      yield read.data;
    }
  }
}

/**
 * Clones the reviewed advisories with their newest versions only, or updates the clone. Throws where git can't reach the database; an older
 * copy then stays as it is.
 */
function refresh(folder: string): void {
  const isThere = existsSync(path.join(folder, ".git"));
  const git = (...args: string[]): void => {
    // git writes why it failed to standard error.
    const { status, error } = spawnSync("git", args, { stdio: "inherit" });
    if (status === 0) return;
    const why = error ? error.message : `git ${args.includes("clone") ? "clone" : args[2]} ended with ${status}`;
    const left = isThere
      ? `The older copy in ${folder} is as it was; npm run audit without --refresh compares with it.`
      : "There is no older copy.";
    throw new Error(`The advisories can't be fetched: ${why}. Nothing was checked. ${left}`);
  };
  if (!isThere) {
    git("clone", "--depth=1", "--filter=blob:none", "--sparse", DATABASE, folder);
    git("-C", folder, "sparse-checkout", "set", REVIEWED);
  } else {
    git("-C", folder, "fetch", "--depth=1", "origin", "main");
    git("-C", folder, "reset", "--hard", "FETCH_HEAD");
  }
}

/** The day of a clone's newest commit; null where the folder is no clone. */
function dateOf(folder: string): string | null {
  if (!existsSync(path.join(folder, ".git"))) return null;
  const { status, stdout } = spawnSync("git", ["-C", folder, "log", "-1", "--format=%cs"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

function main(): void {
  const { values } = parseArgs({ options: { database: { type: "string" }, refresh: { type: "boolean" } } });
  const copy = path.join(root, "artifacts", "advisory-database");
  const folder = values.database ?? copy;
  if (values.refresh) refresh(folder);
  if (!existsSync(folder))
    throw new Error(
      `There are no advisories in ${folder}. Run npm run audit -- --refresh where there is a network, or name a copy with --database.`,
    );
  const packages = lockedPackages(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  const reviewed = path.join(folder, REVIEWED);
  let count = 0;
  let affected = 0;
  for (const advisory of advisoriesBelow(existsSync(reviewed) ? reviewed : folder)) {
    count++;
    for (const one of affectedBy(advisory, packages)) {
      affected++;
      const fix = one.fixed === null ? "no fixed version" : `fixed in ${one.fixed}`;
      console.log(`${one.name} ${one.version}: ${one.advisory}, ${fix}. ${one.summary}`);
    }
  }
  if (count === 0) throw new Error(`There is no npm advisory below ${folder}, so nothing was checked.`);
  console.log(`${packages.length} locked packages, ${count} npm advisories: ${affected} affect them.`);
  const changed = dateOf(folder);
  if (changed !== null) console.log(`The copy of the advisories is from ${changed}.`);
  process.exitCode = affected > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  try {
    main();
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : String(problem));
    process.exitCode = 2;
  }
