import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bundledPackages, COMPATIBLE, thirdPartyText } from "../../scripts/licences.mts";

const REGISTRY = "https://registry.npmjs.org/";
const packages = await bundledPackages();

test("everything in the bundles that is not ours may be handed on, and comes with its text", () => {
  expect(packages.length).toBeGreaterThan(10);
  expect(packages.filter(({ licence }) => !COMPATIBLE.includes(licence))).toEqual([]);
  expect(packages.filter(({ text }) => text.length < 150).map(({ name }) => name)).toEqual([]);
});

test("THIRD-PARTY.md lists them: npm run generate writes it", () => {
  expect(readFileSync("THIRD-PARTY.md", "utf8")).toBe(thirdPartyText(packages));
});

test("the lock file pins every package with its hash, and every one comes from the registry", () => {
  const { packages: locked } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { version?: string; integrity?: string; resolved?: string; link?: boolean }>;
  };
  const loose = Object.entries(locked)
    .filter(([place]) => place !== "")
    .filter(
      ([, { integrity, resolved }]) =>
        !integrity?.startsWith("sha512-") || !(resolved ?? REGISTRY).startsWith(REGISTRY),
    );
  expect(loose.map(([place]) => place)).toEqual([]);
});

test("package.json names exact versions, as a range would change what is bundled", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(dependencies).toBeUndefined();
  for (const [name, version] of Object.entries(devDependencies)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
});
