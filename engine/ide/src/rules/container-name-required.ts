import { knownValue } from "#python";
import { charmRule } from "./rule.ts";

/** `_validate_container_name` of coordinated_workers/coordinator.py. */
export const containerNameRequired = charmRule({
  name: "container-name-required",
  summary: "`resources_requests` is given without `container_name`.",
  severities: ["error"],
  *findings({ coordinator }) {
    if (!coordinator || knownValue(coordinator.resourcesRequests) !== "given") return;
    if (knownValue(coordinator.containerName) !== null || coordinator.argumentsOpen) return;
    yield {
      message:
        "This charm fails with a ValueError when it starts: `resources_requests` is given without `container_name`. Add it.",
      location: coordinator.arguments.get("resources_requests") ?? coordinator.callee,
    };
  },
});
