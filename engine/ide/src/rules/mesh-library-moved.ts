import { type CharmModel, MESH_LIBRARY } from "#charm";
import { lazyFix } from "../edits/fix.ts";
import { libraryPath } from "../facts/vendored-library.ts";
import { migrationEdits } from "../fixes/library-migration.ts";
import { charmRule } from "./rule.ts";

/** charmlibs-interfaces-service-mesh follows the Charmhub-hosted library from LIBPATCH 19 on; coordinated_workers still imports the latter. */
export const meshLibraryMoved = charmRule({
  name: "mesh-library-moved",
  summary: "The charm imports the mesh library from a fetched file, although the library is also a package.",
  severities: ["hint"],
  *findings({ imports, coordinator, worker, dependencies, charm, python, damaged }) {
    // In a half-typed file a coordinator may be there all the same.
    if (coordinator || worker || damaged) return;
    const [first] = imports.filter((each) => each.module === MESH_LIBRARY && !each.typeCheckingOnly);
    if (!first) return;
    const edits = () => migrationEdits({ charm, dependencies }, python);
    yield {
      message:
        "Updates of the mesh library reach this charm only as a fetched file: it does not use the package charmlibs-interfaces-service-mesh (nor canonical-service-mesh, which has PolicyResourceManager).",
      location: first.location,
      tags: ["deprecated"],
      fixes: edits().length > 0 ? [lazyFix(title(charm), edits, false)] : [],
    };
  },
});

/** The vendored file is not taken away by the way: the title says that it is left. */
function title({ files }: CharmModel["charm"]): string {
  const path = libraryPath(MESH_LIBRARY);
  return `Migrate to the packaged library${files.has(path) ? ` (and delete ${path} yourself)` : ""}`;
}
