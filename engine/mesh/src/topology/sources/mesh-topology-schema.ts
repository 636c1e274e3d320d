import * as z from "zod";

const applicationSchema = z
  .strictObject({
    charm: z.string().min(1).optional().describe("The charm's name, as in its charmcraft.yaml"),
    units: z.int().nonnegative().max(10_000).optional().describe("Number of units; default 1"),
    role: z.string().optional().describe("A worker's role"),
    "on-mesh": z.boolean().optional().describe("Default: it is when it is related to a beacon, or the whole model is"),
    trust: z
      .boolean()
      .optional()
      .describe(
        "Whether the application is trusted: its charm may change Kubernetes objects. `juju deploy --trust` or `juju trust APPLICATION --scope=cluster` grants that; a bundle also needs `trust: true`.",
      ),
  })
  .nullable();

const end = z
  .string()
  .regex(/^[^\s:]+(:[^\s:]+)?$/, { error: "Expected application:endpoint, or an application alone" });

const relationSchema = z.tuple([end, end], {
  error: "Expected two ends: [application:endpoint, application:endpoint]",
});

const beaconSwitches = {
  managed: z.boolean().optional().describe("istio-beacon-k8s manage-authorization-policies; default true"),
  "model-on-mesh": z.boolean().optional().describe("istio-beacon-k8s model-on-mesh; default false"),
};

const modelSchema = z
  .strictObject({
    mesh: z
      .strictObject(beaconSwitches)
      .nullable()
      .optional()
      .describe("The switches of this model's beacon; what is left out is as the mesh above says"),
    applications: z.record(z.string().min(1), applicationSchema).optional().describe("Applications by name"),
    relations: z
      .array(relationSchema)
      .optional()
      .describe("Pairs of ends; an end's endpoint may be left out where only one fits"),
  })
  .nullable();

const farEnd = z.string().regex(/^[^\s:.]+\.[^\s:]+:[^\s:]+$/, { error: "Expected model.application:endpoint" });

const crossModelSchema = z.strictObject({
  provider: farEnd.describe("model.application:endpoint of the side that offers"),
  consumer: farEnd.describe("model.application:endpoint of the side that consumes the offer"),
  as: z.string().min(1).optional().describe("The name that the offering side sees for the consumer"),
  saas: z.string().min(1).optional().describe("The name under which the consuming side knows the offer"),
  offer: z.string().min(1).optional().describe("The offer's name"),
  "mesh-data": z.boolean().optional().describe("A cross_model_mesh relation with published data runs beside it"),
});

/** The form of mesh-topology.yaml. The published JSON Schema (schemas/mesh-topology.schema.json) is made from it. */
export const meshTopologySchema = z
  .strictObject({
    mesh: z
      .strictObject({
        hardened: z.boolean().optional().describe("istio-k8s hardened-mode: what no policy allows is denied"),
        ...beaconSwitches,
        "auto-allow-waypoint": z.boolean().optional().describe("istio-k8s auto-allow-waypoint-policy; default true"),
      })
      .nullable()
      .optional()
      .describe("The switches of the mesh, for all models"),
    models: z.record(z.string().min(1), modelSchema).describe("Juju models by name"),
    "cross-model": z.array(crossModelSchema).optional().describe("Relations between models"),
  })
  .describe("Who is deployed and who is related, for the charm-mesh tools");

export type MeshTopologyFile = z.infer<typeof meshTopologySchema>;

/** The JSON Schema (2020-12) of mesh-topology.yaml, for completion and checks in editors. @public scripts/generate.mts writes it. */
export function meshTopologyJsonSchema(): object {
  return {
    ...z.toJSONSchema(meshTopologySchema, { target: "draft-2020-12", io: "input" }),
    title: "mesh-topology.yaml",
  };
}
