import * as z from "zod";

/** Juju 3.6 prints objects, Juju before it plain names. */
const relatedSchema = z
  .union(
    [
      z.string(),
      z.object({ "related-application": z.string(), interface: z.string().nullish(), scope: z.string().nullish() }),
    ],
    { error: "Expected an application's name, or an object with related-application" },
  )
  .transform((one) =>
    typeof one === "string"
      ? { application: one, interface: null, container: false }
      : {
          application: one["related-application"],
          interface: one.interface ?? null,
          container: one.scope === "container",
        },
  );

const relationsSchema = z.record(z.string(), z.array(relatedSchema).nullable()).nullish();

const endpointsSchema = z
  .record(z.string(), z.object({ interface: z.string().nullish(), role: z.string().nullish() }).nullable())
  .nullish();

/** What is read of `juju status --format json|yaml`; everything else is ignored. */
export const statusSchema = z.object({
  model: z.object({ name: z.string().min(1), type: z.string().nullish() }),
  applications: z
    .record(
      z.string(),
      z.object({
        charm: z.string().nullish(),
        "charm-name": z.string().nullish(),
        scale: z.int().nonnegative().max(10_000).nullish(),
        address: z.unknown().optional(),
        units: z.record(z.string(), z.unknown()).nullish(),
        relations: relationsSchema,
      }),
    )
    .nullish(),
  "application-endpoints": z
    .record(z.string(), z.object({ url: z.string().nullish(), endpoints: endpointsSchema, relations: relationsSchema }))
    .nullish(),
  offers: z
    .record(
      z.string(),
      z.object({ application: z.string().nullish(), charm: z.string().nullish(), endpoints: endpointsSchema }),
    )
    .nullish(),
});

export type StatusFile = z.infer<typeof statusSchema>;
export type StatusRelations = z.infer<typeof relationsSchema>;
