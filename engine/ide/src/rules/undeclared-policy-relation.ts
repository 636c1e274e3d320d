import { interfaceKnowledge, mayConnectTo } from "#charm";
import { knownValue } from "#python";
import { closestName } from "../fixes/closest-name.ts";
import { declaringFixes, renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** ServiceMeshConsumer observes the relation's events and looks it up in `model.relations`: both raise. */
export const undeclaredPolicyRelation = charmRule({
  name: "undeclared-policy-relation",
  summary: "A policy is for a relation that the charm does not declare.",
  severities: ["error"],
  *findings({ policies, declared, metadata }) {
    if (!declared.complete) return;
    for (const { relation, relationLocation, kind } of policies) {
      const name = knownValue(relation);
      if (!relationLocation || kind === "MeshPolicy" || name === undefined || declared.byName.has(name)) continue;
      const meant = closestName(name, declared.byName.keys());
      const renaming = meant ? renamingFixes(relationLocation, meant, true) : [];
      const knowledge = interfaceKnowledge(name.replaceAll("-", "_"));
      // Over an interface without traffic this way the policy itself is the mistake.
      const declarable = knowledge && mayConnectTo(knowledge, "provides") ? knowledge : null;
      yield {
        message: `Every update of the mesh fails with a KeyError: this policy is for “${name}”, and the charm has no such relation${meant ? `. Did you mean “${meant}”?` : "."}`,
        location: relationLocation,
        related: meant
          ? [{ location: declared.byName.get(meant)?.key ?? relationLocation, message: `“${meant}” is declared here.` }]
          : [],
        fixes: [
          ...renaming,
          ...(declarable
            ? declaringFixes(
                metadata,
                { name, side: "provides", fields: [["interface", declarable.name]] },
                renaming.length === 0,
              )
            : []),
        ],
      };
    }
  },
});
