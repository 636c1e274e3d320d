import type * as z from "zod";
import type { Location, SourceFile } from "#syntax";
import { modelName } from "../assembly/model-name.ts";
import { ASSUMED_MODEL } from "../assembly/topology-parts.ts";
import type { Draft, Step } from "../reading/draft.ts";
import type { Application, TopologyProblem } from "../topology.ts";
import {
  configuredLookUps,
  placeKey,
  type ResourcePlace,
  referredResources,
  resourcePlace,
} from "./terraform-references.ts";
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
  /** What models are called of which only the uuid is known, by that. */
  readonly unnamed: Map<string, string>;
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

/**
 * Names of the models that the plan itself makes or looks up. Of a look-up that is not read yet the configuration may state the name or
 * the uuid.
 */
export function modelNamesOf(
  resources: readonly Resource[],
  configuration: TerraformConfiguration | null,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { place, argument } of configuredLookUps(configuration, "juju_model")) {
    const name = argument("name");
    if (name !== null) names.set(placeKey(place), modelName(name));
  }
  for (const { type, place, values } of resources) {
    const model = type === "juju_model" ? jujuModelSchema.safeParse(values).data : undefined;
    if (!model?.name) continue;
    for (const key of [placeKey(place), model.uuid, model.id]) if (key) names.set(key, modelName(model.name));
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

/** A plan that creates the model does not contain its uuid; the configuration shows which model it is. */
export function modelOf(
  plan: Plan,
  resource: Resource,
  given: { model?: string | null | undefined; model_uuid?: string | null | undefined },
): string {
  if (given.model) return plan.modelNames.get(given.model) ?? modelName(given.model);
  const byUuid = given.model_uuid ? plan.modelNames.get(given.model_uuid) : undefined;
  if (byUuid !== undefined) return byUuid;
  const referred = ["model_uuid", "model"].flatMap((argument) =>
    referredResources(plan.configuration, resource.place, argument),
  );
  for (const place of referred) {
    const name = plan.modelNames.get(placeKey(place));
    if (name !== undefined) return name;
  }
  if (given.model_uuid) return unnamedModel(plan, resource, given.model_uuid);
  const only = new Set(plan.modelNames.values());
  const [name] = only;
  return (only.size === 1 ? name : undefined) ?? ASSUMED_MODEL;
}

/** A name for a model of which the plan has no more than the uuid, which is not a namespace. The problem is reported once. */
function unnamedModel(plan: Plan, resource: Resource, uuid: string): string {
  const known = plan.unnamed.get(uuid);
  if (known !== undefined) return known;
  const name = plan.unnamed.size === 0 ? "unknown-model" : `unknown-model-${plan.unnamed.size + 1}`;
  plan.unnamed.set(uuid, name);
  const message = `Names and identities of policies in the model ${uuid} are unknown: the plan does not contain its name, so it is called “${name}” here. Add a data "juju_model" that looks it up, or use juju status.`;
  plan.problems.push({ code: "unreadable-topology", message, location: resource.location });
  return name;
}

/** A problem for a value that is only known after `terraform apply`. */
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
