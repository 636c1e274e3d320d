import type * as z from "zod";
import type { Location, SourceFile } from "#syntax";
import { ASSUMED_MODEL } from "../assembly/topology-parts.ts";
import type { Draft, Step } from "../reading/draft.ts";
import type { Application, TopologyProblem } from "../topology.ts";
import { placeKey, type ResourcePlace, referredResources, resourcePlace } from "./terraform-references.ts";
import { jujuModelSchema, type TerraformConfiguration, type TerraformModule } from "./terraform-schema.ts";

/** One resource of the Juju provider, out of whichever module it stands in. */
export interface Resource {
  readonly place: ResourcePlace;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly location: Location;
}

/** What is known of a plan while it is read. */
export interface Plan {
  readonly file: SourceFile;
  readonly configuration: TerraformConfiguration | null;
  readonly resources: readonly Resource[];
  readonly problems: TopologyProblem[];
  /** Names of models by their resource's key and by their uuid. */
  readonly modelNames: ReadonlyMap<string, string>;
}

/** All Juju resources, those of modules included. */
export function* flattened(module: TerraformModule, path: readonly Step[], draft: Draft): Generator<Resource> {
  for (const [index, resource] of (module.resources ?? []).entries()) {
    const place = resourcePlace(resource.address);
    if (!place || !resource.type.startsWith("juju_")) continue;
    const location = draft.at([...path, "resources", index, "address"]);
    yield { place, type: resource.type, values: resource.values ?? {}, location };
  }
  for (const [index, child] of (module.child_modules ?? []).entries())
    yield* flattened(child, [...path, "child_modules", index], draft);
}

/** Names of the models that the plan itself makes or looks up. */
export function modelNamesOf(resources: readonly Resource[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { type, place, values } of resources) {
    const model = type === "juju_model" ? jujuModelSchema.safeParse(values).data : undefined;
    if (!model?.name) continue;
    for (const key of [placeKey(place), model.uuid, model.id]) if (key) names.set(key, model.name);
  }
  return names;
}

/** A resource's values through a schema; what breaks it becomes a problem, and null. */
export function parsed<T>(plan: Plan, resource: Resource, schema: z.ZodType<T>): T | null {
  const read = schema.safeParse(resource.values);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const message = `${placeKey(resource.place)}: ${issue?.path.join(".")}: ${issue?.message}`;
  plan.problems.push({ code: "unreadable-topology", message, location: resource.location });
  return null;
}

/** A plan that makes the model does not know its uuid yet; the configuration tells which model is meant. */
export function modelOf(
  plan: Plan,
  resource: Resource,
  given: { model?: string | null | undefined; model_uuid?: string | null | undefined },
): string {
  if (given.model) return plan.modelNames.get(given.model) ?? given.model;
  const byUuid = given.model_uuid ? plan.modelNames.get(given.model_uuid) : undefined;
  if (byUuid !== undefined) return byUuid;
  const referred = ["model_uuid", "model"].flatMap((argument) =>
    referredResources(plan.configuration, resource.place, argument),
  );
  for (const place of referred) {
    const name = plan.modelNames.get(placeKey(place));
    if (name !== undefined) return name;
  }
  const only = new Set(plan.modelNames.values());
  const [name] = only;
  return (only.size === 1 ? name : given.model_uuid) ?? ASSUMED_MODEL;
}

/** A problem for what only `terraform apply` will tell. */
export function notKnownYet(resource: Resource, message: string): TopologyProblem {
  return {
    code: "unreadable-topology",
    message: `${placeKey(resource.place)}: ${message}`,
    location: resource.location,
  };
}

/** The one application that a resource made; null where there are several (`count`) or none. */
export function applicationAt(own: ReadonlyMap<string, Application>, place: ResourcePlace): Application | null {
  const made = [...own].filter(([key]) => key.startsWith(`${placeKey(place)} `));
  return made.length === 1 ? (made[0]?.[1] ?? null) : null;
}
