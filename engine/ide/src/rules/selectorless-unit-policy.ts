import { meshPolicyTarget } from "../facts/mesh-policy-fields.ts";
import { charmRule } from "./rule.ts";

/** Valid for the library, and rendered without any selector: it then applies to every pod of the namespace. */
export const selectorlessUnitPolicy = charmRule({
  name: "selectorless-unit-policy",
  summary: "A unit-target MeshPolicy with neither application nor labels covers the whole namespace.",
  severities: ["error"],
  *findings({ policies }) {
    for (const policy of policies) {
      if (policy.kind !== "MeshPolicy") continue;
      const target = meshPolicyTarget(policy);
      const noTarget = target.appName === null || target.appName === "";
      if (target.type !== "unit" || !noTarget || target.labels !== "none") continue;
      yield {
        message: "Every pod of the target namespace gets this policy: it selects neither an application nor labels.",
        location: policy.callee,
      };
    }
  },
});
