import { MESH_LIBRARY } from "#charm";
import { editsOf, fix } from "../edits/fix.ts";
import { addedImport } from "../fixes/import-edits.ts";
import { renamedCallee } from "../fixes/policy-edits.ts";
import { importedModule, textAt } from "../fixes/python-tree.ts";
import { charmRule } from "./rule.ts";

/** LIBPATCH 7 brought AppPolicy; since then `Policy(...)` warns that it can be replaced by it directly. */
export const deprecatedPolicyClass = charmRule({
  name: "deprecated-policy-class",
  summary: "`Policy(...)` is deprecated; AppPolicy takes the same arguments.",
  severities: ["warning"],
  *findings({ policies, libraries, python }) {
    const patch = libraries.find((each) => each.name === MESH_LIBRARY)?.patch ?? null;
    if (patch !== null && patch < 7) return;
    for (const { kind, callee } of policies) {
      if (kind !== "Policy") continue;
      const { file } = callee;
      const module = python.module(file);
      const from = importedModule(module, textAt(callee));
      const dotted = textAt(callee).includes(".");
      const imports = from === null ? [] : addedImport(file, module, from, "AppPolicy");
      yield {
        message: "Policy is deprecated: AppPolicy takes its place with the same arguments.",
        location: callee,
        tags: ["deprecated"],
        fixes:
          from === null && !dotted
            ? []
            : [fix("Use AppPolicy", [editsOf(file, [...imports, renamedCallee(callee, "AppPolicy")])])],
      };
    }
  },
});
