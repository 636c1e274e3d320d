import { type CharmLib, type Library, MESH_LIBRARY, meshLibrarySince } from "#charm";
import { type Location, type SourceFile, span } from "#syntax";
import type { Finding } from "../diagnostic.ts";
import { replacementFix } from "../edits/fix.ts";
import { libraryNamed, libraryPath } from "../facts/vendored-library.ts";
import { charmRule } from "./rule.ts";

/** Names came to the library with its patches: AppPolicy and UnitPolicy with 7, for one. */
export const outdatedMeshLibrary = charmRule({
  name: "outdated-mesh-library",
  summary: "The mesh library that the charm has, or fetches next, lacks a name that the charm imports.",
  severities: ["error", "warning"],
  *findings({ libraries, imports, charm }) {
    const library = libraryNamed(libraries, MESH_LIBRARY);
    if (!library) return;
    const seen = new Set<string>();
    for (const each of imports) {
      if (each.module !== MESH_LIBRARY || !each.name || each.typeCheckingOnly || seen.has(each.name)) continue;
      seen.add(each.name);
      const since = meshLibrarySince(each.name);
      if (since && library.vendored && library.patch !== null && library.patch < since.patch)
        yield {
          message: `This charm fails with an ImportError when it starts: \`${each.name}\` came with LIBPATCH ${since.patch}, and the vendored service_mesh library is ${library.patch}.`,
          location: each.location,
          related: [
            ...patchPlace(charm.files.get(libraryPath(MESH_LIBRARY))),
            ...(library.charmLib
              ? [{ location: library.charmLib.location, message: "It is fetched by this entry." }]
              : []),
          ],
        };
    }
    const pinned = library.charmLib && pinnedPatch(library.charmLib);
    const place = library.charmLib?.versionLocation;
    const newest = newestNeed(library, seen);
    if (!pinned || !place || !newest || pinned.patch >= newest.patch) return;
    yield {
      severity: "warning",
      message: `The next fetch breaks this charm: it imports \`${newest.name}\`, which came with LIBPATCH ${newest.patch}, and charm-libs pins ${pinned.patch}.`,
      location: place,
      related: newest.location ? [{ location: newest.location, message: `\`${newest.name}\` is imported here.` }] : [],
      fixes: [
        replacementFix(`Ask for version ${pinned.api}.${newest.patch}`, place, `"${pinned.api}.${newest.patch}"`),
      ],
    };
  },
});

function patchPlace(file: SourceFile | undefined): NonNullable<Finding["related"]> {
  const line = file && /^LIBPATCH\b[^\r\n]*/m.exec(file.text);
  if (!file || !line) return [];
  const location = { file, span: span(line.index, line.index + line[0].length) };
  return [{ location, message: "This is the vendored library's patch." }];
}

function pinnedPatch({ version }: CharmLib): { readonly api: string; readonly patch: number } | null {
  const [, api, patch] = /^\s*(\d+)\.(\d+)\s*$/.exec(version ?? "") ?? [];
  return api && patch ? { api, patch: Number(patch) } : null;
}

function newestNeed(
  library: Library,
  names: ReadonlySet<string>,
): { readonly name: string; readonly patch: number; readonly location: Location | null } | null {
  let newest: { name: string; patch: number; location: Location | null } | null = null;
  for (const name of names) {
    const since = meshLibrarySince(name);
    if (since && since.patch > (newest?.patch ?? 0))
      newest = {
        name,
        patch: since.patch,
        location: library.imports.find((each) => each.name === name)?.location ?? null,
      };
  }
  return newest;
}
