import { beside, METADATA, type Shape, times, yaml } from "./shape.ts";

/** Shapes of the files beside the Python. */
export const BESIDE: readonly Shape[] = [
  {
    name: "relations",
    from: 250,
    files: (n) => yaml(`${METADATA}${times(n, (at) => `  r${at}: {interface: http}\n`)}`),
  },
  {
    name: "relations of the mesh's interface",
    from: 100,
    files: (n) => yaml(`${METADATA}${times(n, (at) => `  r${at}: {interface: cross_model_mesh}\n`)}`),
  },
  {
    name: "block lists in each other, closed at once",
    from: 500,
    files: (n) => yaml(`a:\n${" - ".repeat(n)}x\nb: c\n`),
  },
  {
    name: "explicit keys in each other, closed at once",
    from: 500,
    files: (n) => yaml(`a:\n${" - ? ".repeat(n)}x\nb: c\n`),
  },
  {
    name: "block maps in each other",
    from: 100,
    files: (n) => yaml(`${times(n, (at) => `${" ".repeat(at)}a:\n`)}${" ".repeat(n)}b\nb: c\n`),
  },
  { name: "flow lists in each other", from: 500, files: (n) => yaml(`a: ${"[".repeat(n)}${"]".repeat(n)}\nb: c\n`) },
  {
    name: "aliases that double",
    from: 10,
    files: (n) =>
      yaml(`a0: &a0 [x]\n${times(n, (at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`)}requires: *a${n}\n`),
  },
  {
    name: "merges that double",
    from: 10,
    files: (n) =>
      yaml(
        `a0: &a0 {x: 1}\n${times(n, (at) => `a${at + 1}: &a${at + 1}\n  <<: [*a${at}, *a${at}]\n`)}requires: *a${n}\n`,
      ),
  },
  { name: "double keys", from: 250, files: (n) => yaml(`${METADATA}${"  x: {interface: http}\n".repeat(n)}`) },
  {
    name: "config options",
    from: 250,
    files: (n) =>
      yaml(`${METADATA}config:\n  options:\n${times(n, (at) => `    o${at}: {type: string, default: x}\n`)}`),
  },
  { name: "a long scalar", from: 20_000, files: (n) => yaml(`${METADATA}summary: ${"x ".repeat(n)}\n`) },
  { name: "broken lines", from: 250, files: (n) => yaml(`${METADATA}${"}: {\n".repeat(n)}`) },
  {
    name: "settings, lists in each other",
    from: 500,
    files: (n) => beside(".charm-mesh.yaml", `a:\n${" - ? ".repeat(n)}x\nb: c\n`),
  },
  {
    name: "bundle, lists in each other",
    from: 500,
    files: (n) => beside("bundle.yaml", `a:\n${" - ? ".repeat(n)}x\nb: c\n`),
  },
  {
    name: "bundle of many applications",
    from: 100,
    files: (n) =>
      beside(
        "bundle.yaml",
        `applications:\n${times(n, (at) => `  a${at}: {charm: c, scale: 1}\n`)}relations:\n${times(n, (at) => `- [a${at}:x, a${(at + 1) % n}:service-mesh]\n`)}`,
      ),
  },
  {
    name: "documents of a bundle",
    from: 100,
    files: (n) => beside("bundle.yaml", `applications:\n  a: {charm: c}\n${"---\napplications: {}\n".repeat(n)}`),
  },
  {
    name: "a version of many parts",
    from: 500,
    files: (n) =>
      beside("c/requirements.txt", `coordinated-workers>=1${".1".repeat(n)}\nops==1${".0".repeat(n)}.post1\n`),
  },
  {
    name: "many versions of one requirement",
    from: 200,
    files: (n) =>
      beside("c/requirements.txt", `coordinated-workers${times(n, (at) => `${at === 0 ? "" : ","}>=1.${at}`)}\n`),
  },
  {
    name: "requirements",
    from: 500,
    files: (n) =>
      beside(
        "c/requirements.txt",
        times(n, (at) => `package-${at}>=1.${at}\n`),
      ),
  },
  {
    name: "one requirement again and again",
    from: 500,
    files: (n) => beside("c/requirements.txt", "ops>=2\n".repeat(n)),
  },
  {
    name: "pyproject's dependencies",
    from: 500,
    files: (n) => beside("c/pyproject.toml", `[project]\ndependencies = [\n${times(n, (at) => `"p${at}>=1",\n`)}]\n`),
  },
  {
    name: "TOML, lists in each other",
    from: 500,
    files: (n) => beside("c/pyproject.toml", `a = ${"[".repeat(n)}${"]".repeat(n)}\n`),
  },
  { name: "TOML, dotted keys", from: 500, files: (n) => beside("c/pyproject.toml", `${times(n, () => "a.")}a = 1\n`) },
  {
    name: "packages of a lock",
    from: 500,
    files: (n) =>
      beside(
        "c/uv.lock",
        `version = 1\n${times(n, (at) => `[[package]]\nname = "p${at}"\nversion = "1.${at}"\ndependencies = [{ name = "p${(at + 1) % n}" }]\n`)}`,
      ),
  },
  {
    name: "dependency groups that hold each other",
    from: 10,
    files: (n) =>
      beside(
        "c/pyproject.toml",
        `[dependency-groups]\n${times(n, (at) => `g${at} = [{include-group = "g${(at + 1) % n}"}, {include-group = "g${(at + 2) % n}"}]\n`)}`,
      ),
  },
  {
    name: "rules in settings",
    from: 250,
    files: (n) => beside(".charm-mesh.yaml", `rules:\n${times(n, (at) => `  missing-polic${at}: off\n`)}`),
  },
];
