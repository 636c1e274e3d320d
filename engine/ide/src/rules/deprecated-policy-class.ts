import { MESH_LIBRARY } from "#charm";
import { editsOf, fix } from "../edits/fix.ts";
import { offersName } from "../facts/library-names.ts";
import { addedImport } from "../fixes/import-edits.ts";
import { renamedCallee } from "../fixes/policy-edits.ts";
import { importedModule, textAt } from "../fixes/python-tree.ts";
import { charmRule } from "./rule.ts";

/** LIBPATCH 7 brought AppPolicy; since then `Policy(...)` warns that it can be replaced by it directly. */
export const deprecatedPolicyClass = charmRule({
  name: "deprecated-policy-class",
  summary: "`Policy(...)` is deprecated; AppPolicy takes the same arguments.",
  severities: ["warning"],
  *findings(facts) {
    const { policies, python } = facts;
    // Before LIBPATCH 7 there is nothing to replace it by.
    if (!offersName(facts, MESH_LIBRARY, "AppPolicy")) return;
    for (const { kind, callee } of policies) {
      if (kind !== "Policy") continue;
      const { file } = callee;
      const module = python.module(file);
      const from = importedModule(module, textAt(callee));
      const dotted = textAt(callee).includes(".");
      const imports = from === null ? [] : addedImport(file, module, from, "AppPolicy");
      yield {
        message:
          "A later release of the library may remove this class: it is deprecated. Use AppPolicy, which takes the same arguments.",
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
