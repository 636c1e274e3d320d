import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Advisory, affectedBy, lockedPackages } from "../../scripts/audit.mts";
import { scriptCommand } from "../../scripts/start/run-command.mts";
import { textOf } from "../tidy/source-tree.ts";

type Events = Advisory["affected"][number]["ranges"][number]["events"];

const advisory = (events: Events, given: Partial<Advisory["affected"][number]> = {}): Advisory => ({
  id: "GHSA-test",
  summary: "A test.",
  affected: [
    { package: { ecosystem: "npm", name: "zod" }, ranges: [{ type: "SEMVER", events }], versions: [], ...given },
  ],
});

/** Which of some versions of zod an advisory concerns. */
const concerned = (given: Advisory, ...versions: string[]): string[] =>
  affectedBy(
    given,
    versions.map((version) => ({ name: "zod", version })),
  ).map(({ version }) => version);

test("a range begins where it is introduced and ends before its fix", () => {
  const given = advisory([{ introduced: "1.2.0" }, { fixed: "1.4.0" }]);
  expect(concerned(given, "1.1.9", "1.2.0", "1.3.9", "1.4.0-rc.1", "1.4.0", "2.0.0")).toEqual([
    "1.2.0",
    "1.3.9",
    "1.4.0-rc.1",
  ]);
  expect(affectedBy(given, [{ name: "zod", version: "1.3.0" }])[0]?.fixed).toBe("1.4.0");
});

test("several ranges, in any order of their events", () => {
  const given = advisory([{ fixed: "2.1.0" }, { introduced: "2.0.0" }, { introduced: "0" }, { fixed: "1.0.0" }]);
  expect(concerned(given, "0.9.0", "1.0.0", "1.9.0", "2.0.5", "2.1.0")).toEqual(["0.9.0", "2.0.5"]);
});

test("the last affected version, and GitHub's own field for it", () => {
  expect(concerned(advisory([{ introduced: "0" }, { last_affected: "1.5.0" }]), "1.5.0", "1.5.1")).toEqual(["1.5.0"]);
  const github = (range: string) =>
    advisory([{ introduced: "0" }], { database_specific: { last_known_affected_version_range: range } });
  expect(concerned(github("<= 3.0.3"), "3.0.3", "3.0.4")).toEqual(["3.0.3"]);
  expect(concerned(github("< 3.0.3"), "3.0.2", "3.0.3")).toEqual(["3.0.2"]);
});

test("versions that are listed, open ranges, other packages and ecosystems, withdrawn advisories", () => {
  expect(concerned(advisory([], { ranges: [], versions: ["1.0.0"] }), "1.0.0", "1.0.1")).toEqual(["1.0.0"]);
  const open = advisory([{ introduced: "0" }]);
  expect(concerned(open, "0.0.1", "99.0.0")).toEqual(["0.0.1", "99.0.0"]);
  expect(affectedBy(open, [{ name: "zodiac", version: "1.0.0" }])).toEqual([]);
  expect(concerned({ ...open, withdrawn: "2026-01-01T00:00:00Z" }, "1.0.0")).toEqual([]);
  expect(concerned(advisory([{ introduced: "0" }], { package: { ecosystem: "PyPI", name: "zod" } }), "1.0.0")).toEqual(
    [],
  );
});

test("all packages of the lock are checked, aliases under their own name", () => {
  const packages = lockedPackages(textOf("package-lock.json"));
  expect(packages.length).toBeGreaterThan(300);
  const { devDependencies } = JSON.parse(textOf("package.json"));
  expect(packages).toContainEqual({ name: "zod", version: devDependencies.zod });
  expect(packages.filter(({ name }) => name === "secretlint" || name === "braces")).toEqual([]);
  expect(packages.some(({ name }) => name === "@secretlint/node")).toBe(true);
});

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-audit-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const audit = (database: string, ...more: readonly string[]) =>
  spawnSync(process.execPath, [...scriptCommand("audit"), "--database", database, ...more], {
    encoding: "utf8",
    env: { ...process.env, ...upstream(path.join(folder, "upstream")) },
  });

/** Makes git take a local repository for the advisory database. */
const upstream = (repository: string) => ({
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: `url.${repository}.insteadOf`,
  GIT_CONFIG_VALUE_0: "https://github.com/github/advisory-database.git",
});

test("the command reads a copy of the database, and fails where a package is affected", () => {
  const below = path.join(folder, "copy/advisories/github-reviewed/2026/01/GHSA-test");
  mkdirSync(below, { recursive: true });
  const file = path.join(below, "GHSA-test.json");
  writeFileSync(file, JSON.stringify(advisory([{ introduced: "0" }, { fixed: "1.0.0" }])));
  const sound = audit(path.join(folder, "copy"));
  expect(sound.stdout).toMatch(/^\d+ locked packages, 1 npm advisories: 0 affect them\.$/m);
  expect(sound.status).toBe(0);
  writeFileSync(file, JSON.stringify(advisory([{ introduced: "0" }, { fixed: "99.0.0" }])));
  const affected = audit(path.join(folder, "copy"));
  expect(affected.stdout).toMatch(/^zod \S+: GHSA-test, fixed in 99\.0\.0\. A test\.$/m);
  expect(affected.status).toBe(1);
});

test("without advisories nothing is called safe", () => {
  mkdirSync(path.join(folder, "empty"));
  for (const [name, words] of [
    ["absent", "There are no advisories"],
    ["empty", "nothing was checked"],
  ] as const) {
    const run = audit(path.join(folder, name));
    expect(run.stderr).toContain(words);
    expect(run.status).toBe(2);
  }
});

test("--refresh makes and updates the copy; where the database is out of reach, it says so and the older copy stays", () => {
  const copy = path.join(folder, "refreshed");
  const absent = audit(copy, "--refresh");
  expect(absent.stderr).toContain("The advisories can't be fetched: git clone ended with 128. Nothing was checked.");
  expect(absent.stderr).toContain("There is no older copy.");
  expect(absent.status).toBe(2);

  const repository = path.join(folder, "upstream");
  const below = path.join(repository, "advisories/github-reviewed");
  mkdirSync(below, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", repository, "-c", "user.name=a", "-c", "user.email=a@b", ...args]);
  const publish = (fixed: string) => {
    writeFileSync(path.join(below, "GHSA-test.json"), JSON.stringify(advisory([{ introduced: "0" }, { fixed }])));
    git("add", ".");
    git("commit", "--quiet", "--message", fixed, "--date", "2026-11-30T12:00:00Z");
  };
  git("init", "--quiet", "--initial-branch=main");
  publish("1.0.0");
  const made = audit(copy, "--refresh");
  expect(made.stdout).toContain("1 npm advisories: 0 affect them.");
  expect(made.stdout).toMatch(/^The copy of the advisories is from \d{4}-\d\d-\d\d\.$/m);
  expect(made.status).toBe(0);
  publish("99.0.0");
  expect(audit(copy).status).toBe(0);
  expect(audit(copy, "--refresh").status).toBe(1);

  rmSync(repository, { recursive: true });
  const left = audit(copy, "--refresh");
  expect(left.stderr).toContain(`The older copy in ${copy} is as it was`);
  expect(left.status).toBe(2);
  expect(audit(copy).status).toBe(1);
});

test("the SBOM that npm makes of the lock names every package that is in it", () => {
  const sbom = JSON.parse(
    execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    }),
  );
  const listed = new Set(sbom.components.map((one: { purl: string }) => decodeURIComponent(one.purl)));
  const absent = lockedPackages(textOf("package-lock.json")).filter(
    ({ name, version }) => !listed.has(`pkg:npm/${name}@${version}`),
  );
  expect(absent).toEqual([]);
});
