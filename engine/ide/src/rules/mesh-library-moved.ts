import { type CharmModel, MESH_LIBRARY } from "#charm";
import { lazyFix } from "../edits/fix.ts";
import { libraryPath } from "../facts/vendored-library.ts";
import { migrationEdits } from "../fixes/library-migration.ts";
import { charmRule } from "./rule.ts";

/** charmlibs-interfaces-service-mesh follows the Charmhub-hosted library from LIBPATCH 19 on; coordinated_workers still imports the latter. */
export const meshLibraryMoved = charmRule({
  name: "mesh-library-moved",
  summary: "Imports the Charmhub-hosted mesh library where the packaged one exists.",
  severities: ["hint"],
  *findings({ imports, coordinator, worker, dependencies, charm, python, damaged }) {
    // In a half-typed file a coordinator may be there all the same.
    if (coordinator || worker || damaged) return;
    const [first] = imports.filter((each) => each.module === MESH_LIBRARY && !each.typeCheckingOnly);
    if (!first) return;
    const edits = () => migrationEdits({ charm, dependencies }, python);
    yield {
      message:
        "The mesh library is also packaged, as charmlibs-interfaces-service-mesh: it needs no file in the charm.",
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
