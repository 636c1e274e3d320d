import { knownValue } from "#python";
import { charmRule } from "./rule.ts";

/** Server-side apply needs a field manager (the docstring of PolicyResourceManager, `lightkube_client`). */
export const missingFieldManager = charmRule({
  name: "missing-field-manager",
  summary: "PolicyResourceManager's client has no field_manager, so no policy is applied.",
  severities: ["warning"],
  *findings({ resourceManagers }) {
    for (const manager of resourceManagers) {
      if (knownValue(manager.fieldManager) !== "absent") continue;
      yield {
        message:
          "The manager can't apply its policies: its client has no `field_manager`, which Kubernetes needs for server-side apply. Set it.",
        location: manager.clientLocation ?? manager.callee,
        related: manager.clientLocation ? [{ location: manager.callee, message: "It is handed to this manager." }] : [],
      };
    }
  },
});
