import { describe, expect, it } from "vitest";
import { markerHolds, parseLock, parsePyproject, parseRequirementsTxt, type Requirement, sourceFile } from "#syntax";
import { poetrySpecifier } from "../../engine/syntax/src/requirements/poetry-constraint.ts";

function brief({ name, specifier, group, marker }: Requirement): string {
  return `${group ?? "-"} ${name}${specifier}${marker === null ? "" : ` ; ${marker}`}`;
}

const written = ({ location: { file, span } }: Pick<Requirement, "location">) => file.text.slice(span.start, span.end);

describe("requirements.txt", () => {
  const text = [
    "# pinned",
    "ops >= 2.17, <3   # the framework",
    "Charmed_Service.Mesh-helpers==0.2.0 ; python_version < '3.12'",
    "coverage[toml] (>=5)",
    "lightkube-extensions>=0.3 \\",
    "    --hash=sha256:abc \\",
    "    --hash=sha256:def",
    "-r base.txt",
    "--constraint=limits.txt",
    "--index-url https://example.org/simple",
    "cosl @ git+https://example.org/cosl@main ; python_version >= '3.8'",
    "git+https://example.org/thing.git#egg=thing_two&subdirectory=x",
    "-e ./local",
    "./wheels/other-1.0-py3-none-any.whl",
    "plain",
    "x#no-comment",
    ">=1.0",
    "odd>>1",
    "",
  ].join("\n");
  const found = parseRequirementsTxt(sourceFile("requirements.txt", text));

  it("is read line by line", () => {
    expect(found.requirements.map(brief)).toEqual([
      "- ops>=2.17,<3",
      "- charmed-service-mesh-helpers==0.2.0 ; python_version < '3.12'",
      "- coverage>=5",
      "- lightkube-extensions>=0.3",
      "- cosl ; python_version >= '3.8'",
      "- thing-two",
      "- plain",
      "- x",
      "- odd",
    ]);
    expect(found.includes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "requirements base.txt",
      "constraints limits.txt",
    ]);
  });

  it("gives the places", () => {
    expect(found.requirements.map(written).slice(0, 4)).toEqual([
      "ops >= 2.17, <3",
      "Charmed_Service.Mesh-helpers==0.2.0 ; python_version < '3.12'",
      "coverage[toml] (>=5)",
      "lightkube-extensions>=0.3",
    ]);
  });

  it("reports what is not a requirement", () => {
    expect(found.problems.map(({ message }) => message)).toEqual([
      "The version constraint of `x` can't be read.",
      "`>=1.0` is no requirement: it does not start with a package's name.",
      "The version constraint of `odd` can't be read.",
    ]);
  });
});

const pyproject = `[project]
name = "ledger"
requires-python = ">=3.10"
dependencies = [
    "ops>=2.17,<3",
    # helpers
    "charmed-service-mesh-helpers>=0.2.0",  # for policies
    'coordinated_workers ~=2.1 ; python_version >= "3.10"',
]

[project.optional-dependencies]
Dev = ["pytest", "coverage[toml]>=7"]

[dependency-groups]
unit = ["pytest>8", {include-group = "Lint"}]
lint = ["ruff", {include-group = "unit"}, {include-group = "none"}]

[tool.uv]
dev-dependencies = ["pyright"]

[tool.poetry.dependencies]
python = "^3.10"
cosl = ">= 0.0.54"
lightkube = {version = "^0.15.6", extras = ["a"], markers = "sys_platform == 'linux'"}
tracing = {version = "~1.2", optional = true}
local = {path = "../local"}
many = [{version = "<2", python = "<3.10"}, {version = ">=2", python = ">=3.10"}]

[tool.poetry.extras]
trace = ["tracing"]

[tool.poetry.group.charm.dependencies]
ops = "^2.17.1"

[tool.poetry.dev-dependencies]
black = "*"
`;

describe("pyproject.toml", () => {
  const found = parsePyproject(sourceFile("pyproject.toml", pyproject));

  it("is read in all its tables", () => {
    expect(found.problems).toEqual([]);
    expect(found.requirements.map(brief)).toEqual([
      "- ops>=2.17,<3",
      "- charmed-service-mesh-helpers>=0.2.0",
      '- coordinated-workers~=2.1 ; python_version >= "3.10"',
      "dev pytest",
      "dev coverage>=7",
      "unit pytest>8",
      "unit ruff",
      "lint ruff",
      "lint pytest>8",
      "dev pyright",
      "- cosl>=0.0.54",
      "- lightkube>=0.15.6,<0.16 ; sys_platform == 'linux'",
      "trace tracing>=1.2,<1.3",
      "- local",
      "- many<2",
      "- many>=2",
      "dev black",
      "charm ops>=2.17.1,<3",
    ]);
  });

  it("gives the places: inside of the quotes, or poetry's entry", () => {
    expect(found.requirements.map(written)).toContain("charmed-service-mesh-helpers>=0.2.0");
    expect(found.requirements.map(written)).toContain('cosl = ">= 0.0.54"');
  });

  it("keeps what can be read of a half-typed file", () => {
    for (const [from, to, lost] of [
      ['"ops>=2.17,<3",', '"ops>=2.17,<3', 0],
      ['"ops>=2.17,<3",', '"ops>=2.17,<3"', 0],
      ['"ops>=2.17,<3",', "ops", 1],
      ['"pytest>8", ', '"pytest>8" ', 0],
      ["[dependency-groups]", "[dependency-groups", 0],
      ["lint = [", "lint = ", 2],
    ] as const) {
      expect(pyproject.split(from)).toHaveLength(2);
      const broken = parsePyproject(sourceFile("pyproject.toml", pyproject.replace(from, to)));
      expect(broken.problems.length, to).toBeGreaterThan(0);
      expect(broken.requirements.length, to).toBeGreaterThanOrEqual(found.requirements.length - lost - 1);
    }
  });

  it("reports what is not a requirement", () => {
    const file = sourceFile("pyproject.toml", '[project]\ndependencies = ["=1", "a>>1", 5]\n');
    expect(parsePyproject(file).problems.map(({ message }) => message)).toEqual([
      "`=1` is no requirement: it does not start with a package's name.",
      "The version constraint of `a` can't be read.",
      "`5` is no requirement: it does not start with a package's name.",
    ]);
  });
});

describe("poetry's constraints", () => {
  it.each([
    ["^1.2.3", ">=1.2.3,<2"],
    ["^0.2.3", ">=0.2.3,<0.3"],
    ["^0.0.3", ">=0.0.3,<0.0.4"],
    ["^0.0", ">=0.0,<0.1"],
    ["^0", ">=0,<1"],
    ["~1.2.3", ">=1.2.3,<1.3"],
    ["~1.2", ">=1.2,<1.3"],
    ["~1", ">=1,<2"],
    ["~=1.2", "~=1.2"],
    ["1.2.*", "==1.2.*"],
    ["1.2.3", "==1.2.3"],
    ["*", ""],
    [">= 1.0, < 2.0", ">=1.0,<2.0"],
    [">=1.0 <2.0", ">=1.0,<2.0"],
    ["!=1.5,>=1", "!=1.5,>=1"],
    ["^1 || ^2", ""],
    ["nonsense", ""],
  ])("%s is %s", (constraint, specifier) => {
    expect(poetrySpecifier(constraint)).toBe(specifier);
  });
});

describe("lock files", () => {
  const uv = `version = 1
requires-python = ">=3.10"

[[package]]
name = "coordinated-workers"
version = "2.1.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [
    { name = "cosl" },
    { name = "Lightkube_Extensions", marker = "python_version >= '3.10'" },
]

[package.optional-dependencies]
dev = [{ name = "pytest" }]

[[package]]
name = "ledger"
source = { virtual = "." }
dependencies = [{ name = "ops", extra = ["tracing"] }]
`;
  const poetry = `# generated
[[package]]
name = "coordinated-workers"
version = "2.1.0"
optional = false

[package.dependencies]
Cosl = ">=0.0.54"
lightkube_extensions = {version = "*", markers = "x"}
pytest = {version = "*", optional = true}

[package.extras]
dev = ["pytest"]

[metadata]
lock-version = "2.0"
`;

  it("of uv: packages, versions, what they bring in", () => {
    const { packages, problems } = parseLock(sourceFile("uv.lock", uv));
    expect(problems).toEqual([]);
    expect(
      packages.map(({ name, version, dependencies }) => ({
        name,
        version,
        dependencies: dependencies.map((each) => each.name),
      })),
    ).toEqual([
      { name: "coordinated-workers", version: "2.1.0", dependencies: ["cosl", "lightkube-extensions"] },
      { name: "ledger", version: "", dependencies: ["ops"] },
    ]);
    expect(packages[0] && written(packages[0])).toBe('name = "coordinated-workers"\nversion = "2.1.0"');
  });

  it("of poetry: the same", () => {
    const { packages, problems } = parseLock(sourceFile("poetry.lock", poetry));
    expect(problems).toEqual([]);
    expect(
      packages.map(({ name, version, dependencies }) => ({
        name,
        version,
        dependencies: dependencies.map((each) => each.name),
      })),
    ).toEqual([{ name: "coordinated-workers", version: "2.1.0", dependencies: ["cosl", "lightkube-extensions"] }]);
  });

  it("give the source, the forks, the markers and what extras add", () => {
    const text = `requires-python = ">=3.8"
[[package]]
name = "a"
version = "1"
source = { registry = "https://pypi.org/simple" }
resolution-markers = ["python_full_version < '3.10'"]
dependencies = [{ name = "b", version = "2", extra = ["x"], marker = "sys_platform == 'linux'" }]
[package.optional-dependencies]
Fast_Lane = [{ name = "c" }]
[[package]]
name = "b"
version = "2"
source = { git = "https://example.org/b#1" }
[[package]]
name = "d"
version = "1"
source = { editable = "." }
`;
    const lock = parseLock(sourceFile("uv.lock", text));
    const [a, ...others] = lock.packages;
    expect(lock.requiresPython).toBe(">=3.8");
    expect(a).toMatchObject({ source: "registry", markers: ["python_full_version < '3.10'"] });
    expect(a?.dependencies).toEqual([{ name: "b", version: "2", extras: ["x"], marker: "sys_platform == 'linux'" }]);
    expect(a?.extras.get("fast-lane")?.map((each) => each.name)).toEqual(["c"]);
    expect(others.map((each) => each.source)).toEqual(["elsewhere", "elsewhere"]);
    const poetryLock = `[[package]]
name = "a"
version = "1"
markers = {main = 'python_version < "3.10"', dev = "x"}
[package.extras]
fast = ["c (>=1)"]
[package.source]
type = "git"
[metadata]
python-versions = "^3.8"
`;
    const read = parseLock(sourceFile("poetry.lock", poetryLock));
    expect(read.requiresPython).toBe("^3.8");
    expect(read.packages[0]).toMatchObject({ source: "elsewhere", markers: ['python_version < "3.10"'] });
    expect(read.packages[0]?.extras.get("fast")?.map((each) => each.name)).toEqual(["c"]);
  });

  it("with conflict markers in them give what can be read", () => {
    const { packages, problems } = parseLock(
      sourceFile("uv.lock", uv.replace("[[package]]", "<<<<<<< ours\n[[package]]")),
    );
    expect(problems.length).toBeGreaterThan(0);
    expect(packages.map(({ name }) => name)).toEqual(["coordinated-workers", "ledger"]);
  });
});

describe("environment markers", () => {
  it.each([
    ["python_version < '3.10'", false],
    ["python_version >= '3.9' and sys_platform == 'linux'", true],
    ["python_full_version < '3.10'", false],
    ["python_full_version >= '3.12.4'", null],
    ["python_full_version == '3.12.*'", true],
    ["'3.13' <= python_version", false],
    ["platform_machine == 'x86_64'", null],
    ["platform_machine == 'x86_64' and python_version < '3'", false],
    ["(sys_platform == 'win32' or os_name != 'nt') and not_known == 'x' or python_version in '3.11 3.12'", true],
    ["extra == 'dev'", null],
    ["sys_platform not in 'win32,cygwin'", true],
    ["python_version <", null],
    ["", null],
  ] as const)("%s", (marker, held) => {
    expect(markerHolds(marker, "3.12")).toBe(held);
  });
});
