import { memo, type SourceFile } from "#syntax";
import type { CharmFiles } from "./charm-files.ts";
import type { CharmLib, ImportRecord, Library } from "./charm-model.ts";
import { moduleOfCharmLib } from "./metadata/charm-libs.ts";

const VENDORED = /^lib\/charms\/([A-Za-z_]\w*)\/(v\d+)\/([A-Za-z_]\w*)\.py$/;
const LIBPATCH = /^LIBPATCH\s*(?::\s*[\w.]+\s*)?=\s*(\d+)/m;

/** Whether a path within a charm belongs to a library that was fetched into it, and so is not the charm's own source. */
export function isVendored(path: string): boolean {
  return path.startsWith("lib/");
}

/**
 * The Charmhub-hosted libraries of a charm: those in `lib/charms/<charm>/v<N>/<name>.py`
 * (https://documentation.ubuntu.com/charmcraft/stable/reference/files/libname-py-file/), those that `charm-libs` fetches,
 * and those that the charm imports. A file without LIBPATCH has `patch: null`.
 */
export function librariesOf(
  charm: CharmFiles,
  charmLibs: readonly CharmLib[],
  imports: readonly ImportRecord[],
): readonly Library[] {
  const files = new Map<string, SourceFile>();
  for (const [path, file] of charm.files) {
    const [, owner, api, name] = VENDORED.exec(path) ?? [];
    if (name) files.set(`charms.${owner}.${api}.${name}`, file);
  }
  const fetched = new Map<string, CharmLib>();
  for (const entry of charmLibs) {
    const module = moduleOfCharmLib(entry);
    if (module) fetched.set(module, entry);
  }
  const imported = importsByModule(imports);
  const names = [...new Set([...files.keys(), ...fetched.keys(), ...imported.keys()])].sort();
  return names.map((name) => {
    const file = files.get(name) ?? null;
    return {
      name,
      vendored: file !== null,
      patch: file ? libraryPatch(file) : null,
      file,
      charmLib: fetched.get(name) ?? null,
      imports: imported.get(name) ?? [],
    };
  });
}

/** LIBPATCH of a library file, read without parsing it; null where it has none. */
export const libraryPatch = memo((file: SourceFile): number | null => {
  const found = LIBPATCH.exec(file.text)?.[1];
  return found === undefined ? null : Number(found);
});

/** Modules below `charms.` with what is taken from each: `from module import name`, or the module itself (name null). */
function importsByModule(imports: readonly ImportRecord[]): ReadonlyMap<string, Library["imports"]> {
  const byModule = new Map<string, { name: string; location: ImportRecord["location"] }[]>();
  for (const record of imports) {
    const [module, name] = libraryAndName(record);
    if (module === null) continue;
    const list = byModule.get(module) ?? [];
    if (name !== null) list.push({ name, location: record.location });
    byModule.set(module, list);
  }
  return byModule;
}

const LIBRARY_MODULE = /^charms\.[A-Za-z_]\w*\.v\d+\.[A-Za-z_]\w*$/;

/** `from charms.x.v0 import y` names the library y as well as `from charms.x.v0.y import Z` does. */
function libraryAndName(record: ImportRecord): readonly [module: string | null, name: string | null] {
  if (LIBRARY_MODULE.test(record.module)) return [record.module, record.name];
  if (record.name !== null && LIBRARY_MODULE.test(`${record.module}.${record.name}`))
    return [`${record.module}.${record.name}`, null];
  return [null, null];
}
