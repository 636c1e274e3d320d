import type { PyModule, SourceFile } from "#syntax";
import type { Module } from "./scope.ts";

/** The charm's Python files as importable modules. */
export interface ModuleTree {
  readonly modules: readonly Module[];
  /** The module of a dotted absolute name, or null where no file of the charm is it. */
  readonly find: (dotted: string) => Module | null;
  /** Whether the dotted name is a folder of modules without an `__init__` (a namespace package). */
  readonly isNamespace: (dotted: string) => boolean;
}

/** Where charms keep importable code: charmcraft puts `src` and `lib` on the path, and some import from the folder itself. */
const DEFAULT_ROOTS: readonly string[] = ["src", "lib", ""];

/** Modules whose trees were read. Only those: one that was not holds on to what would read it, and so to its whole charm. */
const moduleMemo = new WeakMap<SourceFile, Module>();

/**
 * The module tree of a charm. `roots` are import roots relative to the charm's folder, the first match wins.
 * Files that are no Python are left out; nothing is parsed before something asks for a module's tree.
 */
export function moduleTree(
  files: ReadonlyMap<string, SourceFile>,
  parse: (file: SourceFile) => PyModule,
  roots: readonly string[] = DEFAULT_ROOTS,
): ModuleTree {
  const byName = new Map<string, Module>();
  const namespaces = new Set<string>();
  const modules: Module[] = [];
  const ordered = [...new Set([...roots, ...DEFAULT_ROOTS].map((root) => root.replace(/^\.\/|(?<!\/)\/+$/g, "")))];
  for (const [path, file] of files) {
    if (!path.endsWith(".py")) continue;
    let made: Module | null = null;
    for (const root of ordered) {
      const inside =
        root === "" || root === "." ? path : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : null;
      if (inside === null) continue;
      const parts = inside.slice(0, -3).split("/");
      if (!parts.every((part) => /^[A-Za-z_]\w*$/.test(part))) continue;
      const isPackage = parts.at(-1) === "__init__";
      if (isPackage) parts.pop();
      const name = parts.join(".");
      made ??= moduleOf(file, path, name, isPackage, parse);
      const earlier = byName.get(name);
      if (!earlier || rank(earlier.path, ordered) > rank(path, ordered)) byName.set(name, made);
      for (let i = 1; i < parts.length; i++) namespaces.add(parts.slice(0, i).join("."));
    }
    modules.push(made ?? moduleOf(file, path, path.slice(0, -3).replaceAll("/", "."), false, parse));
  }
  return {
    modules,
    find: (dotted) => byName.get(dotted) ?? null,
    isNamespace: (dotted) => namespaces.has(dotted),
  };
}

/** Lower is found first: the place of the first root that holds the path; a package's `__init__` before a plain file. */
function rank(path: string, roots: readonly string[]): number {
  const index = roots.findIndex((root) => root === "" || root === "." || path.startsWith(`${root}/`));
  return index * 2 + (path.endsWith("/__init__.py") ? 0 : 1);
}

function moduleOf(
  file: SourceFile,
  path: string,
  name: string,
  isPackage: boolean,
  parse: (file: SourceFile) => PyModule,
): Module {
  const known = moduleMemo.get(file);
  if (known && known.path === path && known.name === name) return known;
  // The tree replaces the function that reads it, because that function holds the earlier versions of the charm.
  let tree: PyModule | typeof parse = parse;
  const made: Module = {
    file,
    path,
    name,
    isPackage,
    vendored: /(^|\/)lib\/charms\//.test(path),
    get tree() {
      if (typeof tree === "function") {
        tree = tree(file);
        moduleMemo.set(file, made);
      }
      return tree;
    },
  };
  return made;
}

/** The absolute dotted name that an import of `level` dots and `dotted` means inside `module`; null above the top. */
export function absoluteName(module: Module, dotted: string, level: number): string | null {
  if (level === 0) return dotted;
  const parts = module.name === "" ? [] : module.name.split(".");
  const drop = level - (module.isPackage ? 1 : 0);
  if (drop > parts.length) return null;
  const base = parts.slice(0, parts.length - drop);
  return [...base, ...(dotted === "" ? [] : [dotted])].join(".");
}
