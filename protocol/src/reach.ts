import * as z from "zod/mini";

/* "May A reach B?": the question and its answer, as the command line's `can --format json` prints it. */

export const reachEndSchema = z.object({ application: z.string(), model: z.nullable(z.string()) });

export const reachQuerySchema = z.object({
  from: reachEndSchema,
  to: reachEndSchema,
  /** Through the Service's address (waypoint) or straight to the pod (ztunnel). */
  via: z.enum(["service", "unit"]),
  port: z.int().check(z.minimum(1), z.maximum(65535)),
  /** null: any HTTP method, or no HTTP at all. */
  method: z.nullable(z.string()),
  path: z.nullable(z.string()),
});

export const reachStepSchema = z.object({
  at: z.enum(["ztunnel", "waypoint"]),
  verdict: z.enum(["allow", "deny", "skip", "unknown"]),
  policy: z.nullable(z.string()),
  text: z.string(),
});

/** The policy that came nearest to allowing the flow, and the field that failed. */
export const nearestPolicySchema = z.object({ policy: z.string(), field: z.string(), text: z.string() });

export const reachAnswerSchema = z.object({
  allowed: z.boolean(),
  /** False where a port or path is not exactly known and the verdict rests on it. */
  certain: z.boolean(),
  steps: z.array(reachStepSchema),
  nearest: z.nullable(nearestPolicySchema),
});

export type ReachEnd = z.infer<typeof reachEndSchema>;
export type ReachQuery = z.infer<typeof reachQuerySchema>;
export type ReachAnswer = z.infer<typeof reachAnswerSchema>;
