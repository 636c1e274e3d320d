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
        message: `This charm fails when it starts: Coordinator runs nginx in the container “${value}”, which this charm does not declare. Declare it under \`containers\`.`,
        location: place,
        related: [{ location: coordinator.callee, message: "The coordinator is made here." }],
      };
    }
    const name = knownValue(coordinator.containerName);
    // `charm` is the container that Juju itself adds to the pod.
    if (!name || name === "charm" || names.includes(name) || !coordinator.containerNameLocation) return;
    const meant = closestName(name, names);
    yield {
      message: `The resource limits are never applied: no container of this charm is called “${name}”${meant ? `. Did you mean “${meant}”?` : "."}`,
      location: coordinator.containerNameLocation,
      related: metadata.containers.map((each) => ({
        location: each.location,
        message: `The charm has “${each.name}”.`,
      })),
      fixes: meant ? renamingFixes(coordinator.containerNameLocation, meant, true) : [],
    };
  },
});
