import type { TerraformConfiguration, TerraformExpression } from "./terraform-schema.ts";

/** A resource as an address without indexes: the modules around it, its type and its name. */
export interface ResourcePlace {
  readonly modules: readonly string[];
  readonly type: string;
  readonly name: string;
  readonly data: boolean;
}

/** Chains of variables and outputs are followed this far. */
const MAX_HOPS = 40;

/** Takes `module.a["x"].module.b.juju_application.c[0]` apart; null for what is no resource's address. */
export function resourcePlace(address: string): ResourcePlace | null {
  const plain = address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)(?:\]|$)/g, "").split(".");
  const modules: string[] = [];
  let at = 0;
  while (plain[at] === "module" && plain[at + 1] !== undefined) {
    modules.push(plain[at + 1] as string);
    at += 2;
  }
  const data = plain[at] === "data";
  if (data) at++;
  const [type, name] = plain.slice(at);
  return type === undefined || name === undefined ? null : { modules, type, name, data };
}

/** The address without indexes: what configuration and planned values have in common. */
export function placeKey(place: ResourcePlace): string {
  const modules = place.modules.map((module) => `module.${module}.`).join("");
  return `${modules}${place.data ? "data." : ""}${place.type}.${place.name}`;
}

/** The blocks of a resource's block argument (`application`) in the configuration. */
export function configuredBlocks(
  root: TerraformConfiguration | null,
  place: ResourcePlace,
  argument: string,
): readonly Readonly<Record<string, TerraformExpression>>[] {
  const blocks = configuredResource(root, place)?.expressions?.[argument];
  const list = Array.isArray(blocks) ? blocks : [];
  return list.filter(
    (block): block is Record<string, TerraformExpression> => typeof block === "object" && block !== null,
  );
}

/** A data source as the configuration writes it, with what it states of an argument as a constant text. */
export interface ConfiguredLookUp {
  readonly place: ResourcePlace;
  readonly argument: (name: string) => string | null;
}

/** The data sources of one type in the configuration, those of modules included. */
export function* configuredLookUps(
  configuration: TerraformConfiguration | null,
  type: string,
  modules: readonly string[] = [],
): Generator<ConfiguredLookUp> {
  for (const one of configuration?.resources ?? []) {
    if (one.type !== type || one.mode !== "data") continue;
    const argument = (name: string): string | null => {
      const expression = one.expressions?.[name];
      if (typeof expression !== "object" || expression === null || !("constant_value" in expression)) return null;
      return typeof expression.constant_value === "string" ? expression.constant_value : null;
    };
    yield { place: { modules, type, name: one.name, data: true }, argument };
  }
  if (modules.length >= MAX_HOPS) return;
  for (const [name, call] of Object.entries(configuration?.module_calls ?? {}))
    yield* configuredLookUps(call.module ?? null, type, [...modules, name]);
}

/** The resources that an argument of a resource refers to, through variables of modules and outputs of other modules. */
export function referredResources(
  root: TerraformConfiguration | null,
  place: ResourcePlace,
  argument: string,
): readonly ResourcePlace[] {
  const expression = configuredResource(root, place)?.expressions?.[argument];
  return followed(root, place.modules, expression, MAX_HOPS);
}

/** The resources that an expression standing in a module refers to. */
export function followed(
  root: TerraformConfiguration | null,
  modules: readonly string[],
  expression: unknown,
  hops: number = MAX_HOPS,
): readonly ResourcePlace[] {
  const references = referencesOf(expression);
  if (hops === 0) return [];
  const found = new Map<string, ResourcePlace>();
  for (const reference of references) {
    for (const place of target(root, modules, reference, hops - 1)) found.set(placeKey(place), place);
  }
  return [...found.values()];
}

function target(
  root: TerraformConfiguration | null,
  modules: readonly string[],
  reference: string,
  hops: number,
): readonly ResourcePlace[] {
  const [head, name = "", output] = reference.replace(/\[[^\]]*(?:\]|$)/g, "").split(".");
  if (head === "var") {
    const call = modules.at(-1);
    if (call === undefined) return [];
    const outer = modules.slice(0, -1);
    return followed(root, outer, moduleAt(root, outer)?.module_calls?.[call]?.expressions?.[name], hops);
  }
  if (head === "module") {
    if (output === undefined) return [];
    const inner = [...modules, name];
    return followed(root, inner, moduleAt(root, inner)?.outputs?.[output]?.expression, hops);
  }
  const place = resourcePlace(reference);
  // `local`, `each`, `path` and the like are no resources; every resource type of the provider begins with juju_.
  return place?.type.startsWith("juju_") ? [{ ...place, modules }] : [];
}

function referencesOf(expression: unknown): readonly string[] {
  if (typeof expression !== "object" || expression === null || !("references" in expression)) return [];
  const { references } = expression;
  return Array.isArray(references) ? references.filter((one): one is string => typeof one === "string") : [];
}

function moduleAt(root: TerraformConfiguration | null, modules: readonly string[]): TerraformConfiguration | null {
  let here = root;
  for (const name of modules) here = here?.module_calls?.[name]?.module ?? null;
  return here;
}

function configuredResource(root: TerraformConfiguration | null, place: ResourcePlace) {
  return moduleAt(root, place.modules)?.resources?.find(
    (one) => one.type === place.type && one.name === place.name && (one.mode === "data") === place.data,
  );
}
