import * as z from "zod/mini";

/*
 * The traffic graph as it crosses a wire, is written by `charm-mesh graph --format json`, and is drawn.
 * Lines and characters count from 0, characters in UTF-16 units; paths are the host's names, with `/`.
 */

export const placeSchema = z.object({
  path: z.string(),
  line: z.int().check(z.nonnegative()),
  character: z.int().check(z.nonnegative()),
});

export const reasonViewSchema = z.object({
  text: z.string(),
  place: z.nullable(placeSchema),
  citation: z.nullable(z.string()),
});

/** Words describe ports that are not exactly known. */
export const policyViewSchema = z.object({
  id: z.string(),
  origin: z.enum([
    "cluster-internal",
    "coordinator-default",
    "charm",
    "resource-manager",
    "beacon",
    "ingress",
    "istio",
  ]),
  kind: z.enum(["app", "unit"]),
  source: z.string(),
  target: z.string(),
  summary: z.string(),
  /** The AuthorizationPolicy as YAML; null where the library makes none. */
  manifest: z.nullable(z.string()),
  because: z.array(reasonViewSchema),
});

export const nodeViewSchema = z.object({
  id: z.string(),
  kind: z.enum(["coordinator", "worker", "application", "backend", "client", "ingress", "beacon", "group"]),
  label: z.string(),
  model: z.string(),
  application: z.string(),
  units: z.int().check(z.nonnegative()),
  roles: z.array(z.string()),
  onMesh: z.boolean(),
  /** Stands for any application over a relation whose other side is not known; absent: a real application. */
  placeholder: z.optional(z.boolean()),
  /** On the mesh, and yet anybody reaches its pods without an identity; absent: no, or not known. */
  openToAll: z.optional(z.boolean()),
  box: z.string(),
  charmRoot: z.nullable(z.string()),
  members: z.array(z.string()),
  because: z.array(reasonViewSchema),
});

export const edgeViewSchema = z.object({
  id: z.string(),
  kind: z.enum([
    "internal",
    "service",
    "unit",
    "telemetry",
    "telemetry-bypass",
    "denied",
    "suggested",
    "mesh",
    "cross-model",
  ]),
  source: z.string(),
  target: z.string(),
  label: z.string(),
  layer: z.nullable(z.enum(["l7", "l4"])),
  verdict: z.enum(["allowed", "denied", "unknown"]),
  relation: z.nullable(z.string()),
  interface: z.nullable(z.string()),
  ports: z.nullable(z.array(z.int())),
  methods: z.nullable(z.array(z.string())),
  paths: z.nullable(z.array(z.string())),
  /** What is granted together, where that is several things; `ports`, `methods` and `paths` are the unions of them. */
  grants: z.optional(
    z.array(
      z.object({
        ports: z.nullable(z.array(z.int())),
        methods: z.nullable(z.array(z.string())),
        paths: z.nullable(z.array(z.string())),
      }),
    ),
  ),
  scheme: z.nullable(z.string()),
  telemetry: z.nullable(z.string()),
  /** Which part of telemetry's way this is: to the coordinator's proxy, from it, or around it. */
  hop: z.nullable(z.enum(["to-proxy", "from-proxy", "direct"])),
  crossModel: z.boolean(),
  change: z.nullable(z.enum(["opened", "closed", "widened", "narrowed", "changed"])),
  /** Ids into `policies`. */
  policies: z.array(z.string()),
  because: z.array(reasonViewSchema),
});

export const boxViewSchema = z.object({
  id: z.string(),
  kind: z.enum(["model", "cluster"]),
  label: z.string(),
  parent: z.nullable(z.string()),
});

/** What a deployment can be read from. */
export const readSourceSchema = z.enum(["bundle", "status", "terraform", "file", "show-unit"]);

/** What a deployment was read from. */
export const topologySourceSchema = z.enum(["inferred", ...readSourceSchema.options]);

export const graphViewSchema = z.object({
  version: z.literal(1),
  topology: z.object({
    source: topologySourceSchema,
    path: z.nullable(z.string()),
    note: z.nullable(z.string()),
  }),
  mesh: z.object({
    hardened: z.boolean(),
    managed: z.boolean(),
    modelOnMesh: z.boolean(),
    autoAllowWaypoint: z.boolean(),
  }),
  nodes: z.array(nodeViewSchema),
  edges: z.array(edgeViewSchema),
  boxes: z.array(boxViewSchema),
  policies: z.array(policyViewSchema),
  notes: z.array(z.string()),
  /** How many flows a comparison opens, closes and so on; a flow may be several edges. Absent where nothing is compared. */
  changes: z.optional(
    z.object({
      opened: z.int(),
      closed: z.int(),
      widened: z.int(),
      narrowed: z.int(),
      changed: z.int(),
    }),
  ),
  /** Policies needed with and without telemetry routing, for the numbers of workers and backends drawn. */
  counts: z.nullable(
    z.object({
      withRouting: z.int(),
      withoutRouting: z.int(),
      workers: z.int(),
      backends: z.int(),
    }),
  ),
});

export type Place = z.infer<typeof placeSchema>;
export type ReasonView = z.infer<typeof reasonViewSchema>;
export type PolicyView = z.infer<typeof policyViewSchema>;
export type NodeView = z.infer<typeof nodeViewSchema>;
export type EdgeView = z.infer<typeof edgeViewSchema>;
export type BoxView = z.infer<typeof boxViewSchema>;
export type GraphView = z.infer<typeof graphViewSchema>;
