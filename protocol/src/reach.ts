import * as z from "zod";

/* "May A reach B?": the question and its answer, as the command line's `can --format json` prints it. */

export const reachEndSchema = z.object({ application: z.string(), model: z.string().nullable() });

export const reachQuerySchema = z.object({
  from: reachEndSchema,
  to: reachEndSchema,
  /** Through the Service's address (waypoint) or straight to the pod (ztunnel). */
  via: z.enum(["service", "unit"]),
  port: z.number().int().min(1).max(65535),
  /** null: any HTTP method, or no HTTP at all. */
  method: z.string().nullable(),
  path: z.string().nullable(),
});

export const reachStepSchema = z.object({
  at: z.enum(["ztunnel", "waypoint"]),
  verdict: z.enum(["allow", "deny", "skip", "unknown"]),
  policy: z.string().nullable(),
  text: z.string(),
});

/** The policy that came nearest to allowing the flow, and the field that failed. */
export const nearestPolicySchema = z.object({ policy: z.string(), field: z.string(), text: z.string() });

export const reachAnswerSchema = z.object({
  allowed: z.boolean(),
  /** False where a port or path is not exactly known and the verdict rests on it. */
  certain: z.boolean(),
  steps: z.array(reachStepSchema),
  nearest: nearestPolicySchema.nullable(),
});

export type ReachEnd = z.infer<typeof reachEndSchema>;
export type ReachQuery = z.infer<typeof reachQuerySchema>;
export type ReachStep = z.infer<typeof reachStepSchema>;
export type NearestPolicy = z.infer<typeof nearestPolicySchema>;
export type ReachAnswer = z.infer<typeof reachAnswerSchema>;
