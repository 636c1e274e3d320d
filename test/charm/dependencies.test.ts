import { describe, expect, it } from "vitest";
import { charmDependencies } from "../../engine/charm/src/dependencies/charm-dependencies.ts";
import { charmPythons } from "../../engine/charm/src/dependencies/charm-pythons.ts";
import { librariesOf } from "../../engine/charm/src/vendored-libraries.ts";
import { charmFilesOf } from "../support/charm-fixture.ts";

const dependencies = (fixture: string) => {
  const found = charmDependencies(charmFilesOf(fixture));
  return [...found.packages.values()].map(({ name, constraint, locked }) => [name, constraint, locked]);
};

describe("dependencies of a charm", () => {
  it("come from requirements.txt", () => {
    const fixture = `//- requirements.txt
ops >= 2.0
charmed_service_mesh_helpers>=0.2.0  # mesh
Lightkube-Extensions
`;
    expect(dependencies(fixture)).toEqual([
      ["ops", ">=2.0", null],
      ["charmed-service-mesh-helpers", ">=0.2.0", null],
      ["lightkube-extensions", "", null],
    ]);
  });

  it("follow -r but leave files for development out", () => {
    const fixture = `//- requirements.txt
-r requirements-base.txt
//- requirements-base.txt
ops
//- requirements-unit.txt
pytest
`;
    expect(dependencies(fixture).map(([name]) => name)).toEqual(["ops"]);
  });

  it("come from PEP 621, its extras and groups, without those for development", () => {
    const fixture = `//- pyproject.toml
[project]
name = "x"
dependencies = ["ops", "coordinated-workers>=2.1.0"]
[project.optional-dependencies]
mesh = ["lightkube-extensions"]
dev = ["ruff"]
[dependency-groups]
charm = ["cosl"]
unit-tests = ["pytest"]
`;
    expect(dependencies(fixture).map(([name]) => name)).toEqual([
      "ops",
      "coordinated-workers",
      "lightkube-extensions",
      "cosl",
    ]);
  });

  it("come from poetry and its groups, carets translated", () => {
    const fixture = `//- pyproject.toml
[tool.poetry.dependencies]
python = "^3.10"
ops = "^2.5"
[tool.poetry.group.charm.dependencies]
charmed-service-mesh-helpers = "*"
[tool.poetry.group.dev.dependencies]
pytest = "*"
`;
    const found = new Map(dependencies(fixture).map(([name, constraint]) => [name, constraint]));
    expect(found.has("pytest")).toBe(false);
    expect(found.get("charmed-service-mesh-helpers")).toBe("");
    expect(found.get("ops")).toMatch(/^>=2\.5,\s*<3/);
  });

  it("add what uv.lock brings in transitively, and only that", () => {
    const fixture = `//- pyproject.toml
[project]
name = "x"
dependencies = ["coordinated-workers"]
[dependency-groups]
dev = ["ruff"]
//- uv.lock
version = 1
[[package]]
name = "coordinated-workers"
version = "4.1.2"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "lightkube-extensions" }, { name = "lightkube" }]
[[package]]
name = "lightkube"
version = "0.17.2"
dependencies = [{ name = "coordinated-workers" }]
[[package]]
name = "lightkube-extensions"
version = "1.0.0"
[[package]]
name = "ruff"
version = "0.1.0"
`;
    expect(dependencies(fixture)).toEqual([
      ["coordinated-workers", "", "4.1.2"],
      ["lightkube-extensions", null, "1.0.0"],
      ["lightkube", null, "0.17.2"],
    ]);
    expect(charmDependencies(charmFilesOf(fixture)).hasLock).toBe(true);
  });

  it("add what poetry.lock brings in transitively", () => {
    const fixture = `//- pyproject.toml
[tool.poetry.dependencies]
cosl = "*"
//- poetry.lock
[[package]]
name = "cosl"
version = "1.0"
[package.dependencies]
lightkube = ">=0.1"
extra-only = {version = "*", optional = true}
[[package]]
name = "lightkube"
version = "0.15"
[[package]]
name = "unused"
version = "9"
`;
    expect(dependencies(fixture)).toEqual([
      ["cosl", "", "1.0"],
      ["lightkube", null, "0.15"],
    ]);
  });

  it("are empty, not wrong, where nothing is there or the file is broken", () => {
    expect(dependencies("")).toEqual([]);
    const broken = charmDependencies(charmFilesOf("//- pyproject.toml\n[project\n"));
    expect(broken.packages.size).toBe(0);
    expect(broken.problems.length).toBeGreaterThan(0);
  });
});

describe("vendored libraries", () => {
  it("give LIBPATCH, the charm-libs entry and what is imported, by dotted name", () => {
    const charm = charmFilesOf(`//- lib/charms/istio_beacon_k8s/v0/service_mesh.py
LIBAPI = 0
LIBPATCH = 19
//- lib/charms/other/v1/thing.py
"""No LIBPATCH in here: LIBPATCH = 3 is text."""
//- lib/charms/other/v1/tests/not_one.py
LIBPATCH = 1
`);
    const place = { file: [...charm.files.values()][0], span: { start: 0, end: 1 } };
    if (!place.file) throw new Error("no file");
    const location = { file: place.file, span: place.span };
    const libraries = librariesOf(
      charm,
      [
        { lib: "istio_beacon_k8s.service_mesh", version: "0.5", location, versionLocation: location },
        { lib: "traefik_k8s.ingress", version: "2.15", location, versionLocation: location },
      ],
      [
        {
          module: "charms.istio_beacon_k8s.v0.service_mesh",
          name: "AppPolicy",
          location,
          statement: location,
          typeCheckingOnly: false,
        },
        { module: "charms.loki.v0", name: "push", location, statement: location, typeCheckingOnly: false },
      ],
    );
    expect(
      libraries.map((each) => [each.name, each.vendored, each.patch, each.charmLib !== null, each.imports.length]),
    ).toEqual([
      ["charms.istio_beacon_k8s.v0.service_mesh", true, 19, true, 1],
      ["charms.loki.v0.push", false, null, false, 0],
      ["charms.other.v1.thing", true, null, false, 0],
      ["charms.traefik_k8s.v2.ingress", false, null, true, 0],
    ]);
  });
});

describe("Pythons of a charm", () => {
  const pythons = (charmcraft: string, requires = "") =>
    charmPythons(
      charmFilesOf(`//- charmcraft.yaml
${charmcraft}
//- pyproject.toml
[project]
name = "x"
${requires === "" ? "" : `requires-python = "${requires}"`}
`),
      [],
    );

  it.each([
    ["base: ubuntu@24.04\nplatforms:\n  amd64:", "", ["3.12"]],
    ["platforms:\n  ubuntu@22.04:amd64:\n  ubuntu@24.04:amd64:", "", ["3.10", "3.12"]],
    ["platforms:\n  jammy:\n    build-on: [ubuntu@24.04:amd64]\n    build-for: [ubuntu@22.04:amd64]", "", ["3.10"]],
    [
      'bases:\n  - build-on:\n      - name: ubuntu\n        channel: "20.04"\n    run-on:\n      - name: ubuntu\n        channel: "22.04"',
      "",
      ["3.10"],
    ],
    ['bases:\n  - name: ubuntu\n    channel: "20.04"', "", ["3.8"]],
    ["base: ubuntu@24.04\nplatforms:\n  amd64:", "==3.14.*", ["3.14"]],
    ["base: ubuntu@28.04", ">=3.13,<3.15", ["3.13", "3.14"]],
    ["name: x", ">=3.14", ["3.14", "3.15"]],
  ])("%j %s", (charmcraft, requires, expected) => {
    expect(pythons(charmcraft, requires)).toEqual(expected);
  });

  it("of forks take the one that fits, and no version from git", () => {
    const fixture = (release: string) => `//- charmcraft.yaml
base: ubuntu@${release}
platforms:
  amd64:
//- pyproject.toml
[project]
name = "x"
dependencies = ["a", "g"]
//- uv.lock
[[package]]
name = "a"
version = "1"
resolution-markers = ["python_full_version < '3.11'"]
[[package]]
name = "a"
version = "2"
resolution-markers = ["python_full_version >= '3.11'"]
dependencies = [{ name = "b", marker = "python_version < '3.11'" }, { name = "c" }]
[[package]]
name = "b"
version = "1"
[[package]]
name = "c"
version = "1"
[[package]]
name = "g"
version = "7"
source = { git = "https://example.org/g#1" }
`;
    expect(dependencies(fixture("22.04"))).toEqual([
      ["a", "", "1"],
      ["g", "", null],
    ]);
    expect(dependencies(fixture("24.04"))).toEqual([
      ["a", "", "2"],
      ["g", "", null],
      ["c", null, "1"],
    ]);
    expect(dependencies(fixture("99.04"))[0]).toEqual(["a", "", null]);
  });
});
