import * as z from "zod";

const values = z.record(z.string(), z.unknown()).nullish();

const resourceSchema = z.object({
  address: z.string(),
  mode: z.string().nullish(),
  type: z.string(),
  name: z.string(),
  values,
});

export interface TerraformModule {
  readonly resources?: readonly z.infer<typeof resourceSchema>[] | null | undefined;
  readonly child_modules?: readonly TerraformModule[] | null | undefined;
}

const moduleSchema: z.ZodType<TerraformModule> = z.lazy(() =>
  z.object({ resources: z.array(resourceSchema).nullish(), child_modules: z.array(moduleSchema).nullish() }),
);

/** One argument in the configuration: a constant, or what it refers to. Blocks are lists or objects of the same. */
export interface TerraformExpression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[] | undefined;
}

export interface TerraformConfiguration {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly mode?: string | null | undefined;
    readonly expressions?: Readonly<Record<string, unknown>> | null | undefined;
  }[];
  readonly module_calls?: Readonly<
    Record<
      string,
      {
        readonly expressions?: Readonly<Record<string, unknown>> | null | undefined;
        readonly module?: TerraformConfiguration | null | undefined;
      }
    >
  >;
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>>;
}

const configurationSchema: z.ZodType<TerraformConfiguration> = z.lazy(() =>
  z.object({
    resources: z
      .array(z.object({ type: z.string(), name: z.string(), mode: z.string().nullish(), expressions: values }))
      .optional(),
    module_calls: z
      .record(z.string(), z.object({ expressions: values, module: configurationSchema.nullish() }))
      .optional(),
    outputs: z.record(z.string(), z.object({ expression: z.unknown().optional() })).optional(),
  }),
) as z.ZodType<TerraformConfiguration>;

const rootSchema = z.object({ root_module: moduleSchema.nullish() }).nullish();

/**
 * What is read of `terraform show -json` (format 1.x of https://developer.hashicorp.com/terraform/internals/json-format): the planned
 * values of a plan or the values of a state, the data sources of the state before it, and the configuration for what a plan does not
 * know yet.
 */
export const terraformSchema = z.object({
  format_version: z.string().regex(/^[01]\./, { error: "Only format 1.x of terraform show -json is known" }),
  planned_values: rootSchema,
  /** What was there before the plan: data sources that were read stand here only. */
  prior_state: z.object({ values: rootSchema }).nullish(),
  values: rootSchema,
  configuration: z.object({ root_module: configurationSchema.nullish() }).nullish(),
});

const unknownYet = z.string().nullish();

const charmBlock = z.array(z.object({ name: unknownYet })).nullish();

/** `juju_application` (provider 0.x: model; 1.x and 2.x: model_uuid; 2.x: local_charm in the place of charm). */
export const jujuApplicationSchema = z.object({
  name: unknownYet,
  model: unknownYet,
  model_uuid: unknownYet,
  charm: charmBlock,
  local_charm: charmBlock,
  units: z.int().nonnegative().max(10_000).nullish(),
  unit_numbers: z.array(z.string()).nullish(),
  trust: z.boolean().nullish(),
  config: z.record(z.string(), z.unknown()).nullish(),
});

/** `juju_integration`: two application blocks, one of which may be an offer. */
export const jujuIntegrationSchema = z.object({
  model: unknownYet,
  model_uuid: unknownYet,
  application: z
    .array(z.object({ name: unknownYet, endpoint: unknownYet, offer_url: unknownYet, offering_controller: unknownYet }))
    .nullish(),
});

/** `juju_offer` (provider 0.x: endpoint, 1.x and 2.x: endpoints), made or looked up. */
export const jujuOfferSchema = z.object({
  name: unknownYet,
  model: unknownYet,
  model_uuid: unknownYet,
  application_name: unknownYet,
  endpoint: unknownYet,
  endpoints: z.array(z.string()).nullish(),
  url: unknownYet,
});

/** `juju_model`. */
export const jujuModelSchema = z.object({ name: unknownYet, uuid: unknownYet, id: unknownYet });
