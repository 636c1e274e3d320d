import { type LockFile, parseToml, parseYaml, satisfies, tomlGet, type YamlNode, yamlTarget } from "#syntax";
import type { CharmFiles } from "../charm-files.ts";

/** Python of each Ubuntu release that charms are built on (https://packages.ubuntu.com/, python3). */
const PYTHON_OF_RELEASE: ReadonlyMap<string, string> = new Map([
  ["20.04", "3.8"],
  ["22.04", "3.10"],
  ["24.04", "3.12"],
  ["25.04", "3.13"],
  ["25.10", "3.13"],
  ["26.04", "3.14"],
]);

const ALL: readonly string[] = ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"];

/**
 * The Pythons that a charm may run with, as minor versions: those of the Ubuntu releases that charmcraft.yaml builds it for, as far
 * as pyproject.toml and the lock admit them. Where the releases are not known, or none of their Pythons is admitted (a part may
 * bring a Python of its own), all that the files admit. Never empty.
 */
export function charmPythons(charm: CharmFiles, locks: readonly LockFile[]): readonly string[] {
  const pyproject = charm.files.get("pyproject.toml");
  const required = pyproject ? tomlGet(parseToml(pyproject).root, "project", "requires-python") : null;
  const specifiers = [
    ...(required?.kind === "scalar" && typeof required.value === "string" ? [required.value] : []),
    ...locks.flatMap((each) => each.requiresPython ?? []),
  ];
  const isAdmitted = (python: string): boolean =>
    specifiers.every((each) => [0, 999].some((patch) => satisfies(`${python}.${patch}`, each) !== false));
  const built = builtFor(charm).filter(isAdmitted);
  if (built.length > 0) return built;
  const admitted = ALL.filter(isAdmitted);
  return admitted.length > 0 ? admitted : ALL;
}

/** Pythons of every Ubuntu release that charmcraft.yaml names; empty where one of them is not known. */
function builtFor(charm: CharmFiles): readonly string[] {
  const file = charm.files.get("charmcraft.yaml");
  const root = file ? parseYaml(file).root : null;
  if (!root) return [];
  const releases = new Set<string>();
  for (const key of ["base", "platforms", "bases"]) collect(entry(root, key), releases);
  const pythons = [...releases].map((each) => PYTHON_OF_RELEASE.get(each));
  return pythons.every((each) => each !== undefined) ? [...new Set(pythons)] : [];
}

function entry(node: YamlNode, key: string): YamlNode | null {
  const map = yamlTarget(node);
  if (map?.kind !== "map") return null;
  return map.entries.find((each) => scalarText(each.key) === key)?.value ?? null;
}

function scalarText(node: YamlNode | null): string {
  const target = node ? yamlTarget(node) : null;
  return target?.kind === "scalar" ? String(target.value) : "";
}

/** Releases in `ubuntu@24.04`, `ubuntu@24.04:amd64` (as values and as names of platforms) and `channel: "22.04"`. */
function collect(node: YamlNode | null, releases: Set<string>): void {
  const target = node ? yamlTarget(node) : null;
  if (target?.kind === "scalar") add(String(target.value), releases);
  if (target?.kind === "sequence") for (const item of target.items) collect(item, releases);
  if (target?.kind !== "map") return;
  for (const { key, value } of target.entries) {
    add(scalarText(key), releases);
    // Where the file gives both, the build base does not determine the base that the charm runs on.
    if (
      scalarText(key) === "build-on" &&
      target.entries.some((each) => /^(?:run-on|build-for)$/.test(scalarText(each.key)))
    )
      continue;
    collect(value, releases);
  }
}

function add(text: string, releases: Set<string>): void {
  const release = /^(?:ubuntu@)?(\d\d\.\d\d)(?::|$)/.exec(text)?.[1];
  if (release !== undefined) releases.add(release);
}
