import { COORDINATOR_DEFAULTS } from "#charm";
import { knownValue } from "#python";
import { closestName } from "../fixes/closest-name.ts";
import { renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** Coordinator asks for both containers by fixed names, and the resource patch for `container_name`. */
export const missingContainer = charmRule({
  name: "missing-container",
  summary: "The coordinator has no nginx or nginx-prometheus-exporter container, or container_name names none.",
  severities: ["error"],
  *findings({ coordinator, metadata, declared }) {
    if (!coordinator || !declared.complete) return;
    const names = metadata.containers.map((each) => each.name);
    const place = metadata.sections.get("containers")?.key ?? metadata.nameLocation ?? coordinator.callee;
    for (const { value } of [COORDINATOR_DEFAULTS.nginxContainer, COORDINATOR_DEFAULTS.exporterContainer]) {
      if (names.includes(value)) continue;
      yield {
        message: `The charm has no container “${value}”, which Coordinator runs its nginx part in.`,
        location: place,
        related: [{ location: coordinator.callee, message: "The coordinator is made here." }],
      };
    }
    const name = knownValue(coordinator.containerName);
    // `charm` is the container that Juju itself adds to the pod.
    if (!name || name === "charm" || names.includes(name) || !coordinator.containerNameLocation) return;
    const meant = closestName(name, names);
    yield {
      message: `No container of this charm is called “${name}”${meant ? `; did you mean “${meant}”?` : "."}`,
      location: coordinator.containerNameLocation,
      related: metadata.containers.map((each) => ({
        location: each.location,
        message: `The charm has “${each.name}”.`,
      })),
      fixes: meant ? renamingFixes(coordinator.containerNameLocation, meant, true) : [],
    };
  },
});
