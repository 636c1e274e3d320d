import { visibleText } from "#syntax";
import type { Topology } from "../topology/topology.ts";
import type { EffectivePolicy } from "./effective-policy.ts";

/**
 * A comment for the YAML of a policy whose source or target is a placeholder: an application that an inferred deployment has for any
 * application over a relation. One line each, whatever the name holds. Ends with a line break; "" where both are real.
 */
export function placeholderComment({ meshPolicy }: EffectivePolicy, topology: Topology): string {
  const { source_namespace, source_app_name, target_namespace, target_app_name } = meshPolicy;
  const ends = [
    [source_namespace, source_app_name],
    [target_namespace, target_app_name],
  ];
  const names = topology.applications
    .filter(({ kind }) => kind === "placeholder")
    .filter(({ model, name }) => ends.some(([namespace, application]) => namespace === model && application === name))
    .map(({ name }) => `# placeholder: “${visibleText(name)}” stands for any application over that relation.\n`);
  return [...new Set(names)].join("");
}
