import * as z from "zod";
import type { Location } from "#syntax";
import type { Databag } from "../topology.ts";
import { databagValue } from "./databag-value.ts";

/** What a worker application publishes over its cluster relation (interface tempo_cluster and its like). */
const applicationSchema = z.object({ role: z.string() });

/** What each worker unit publishes there. */
const unitSchema = z.object({
  juju_topology: z.object({
    application: z.string(),
    unit: z.string().nullable(),
    charm_name: z.string().nullable(),
  }),
  address: z.string().min(1),
});

export interface ClusterWorkerData {
  /** Roles, as the worker names them; empty where the application's databag lacks them. */
  readonly roles: readonly string[];
  readonly address: string | null;
  readonly problems: readonly { readonly message: string; readonly location: Location }[];
}

/**
 * Reads a databag that a worker published over its cluster relation: the application's (role) or a unit's (juju_topology, address).
 * What is missing or of the wrong type is reported in a sentence at the databag. Rests on the tempo_cluster interface and
 * coordinated_workers.interfaces.cluster (ClusterRequirerAppData, ClusterRequirerUnitData). A databag without any data is a
 * worker that has not published yet, and is no problem.
 */
export function clusterWorkerData(databag: Databag): ClusterWorkerData {
  const fields = databag.unit === null ? ["role"] : ["juju_topology", "address"];
  const published = fields.filter((field) => databag.data.has(field));
  const nothingYet = databag.unit === null ? databag.data.size === 0 : published.length === 0;
  if (nothingYet) return { roles: [], address: null, problems: [] };
  const given = Object.fromEntries(fields.map((field) => [field, databagValue(databag, field)]));
  const read = (databag.unit === null ? applicationSchema : unitSchema).safeParse(given);
  const problems = (read.error?.issues ?? []).map((issue) => ({
    message: `${databag.unit ?? databag.application} publishes over ${databag.endpoint}: ${fault(issue, given)}.`,
    location: databag.location,
  }));
  const { role, address } = given;
  return {
    roles: typeof role === "string" ? role.split(",").filter((one) => one !== "") : [],
    address: typeof address === "string" ? address : null,
    problems,
  };
}

/** What is wrong with a field. */
function fault({ path, ...issue }: z.core.$ZodIssue, given: unknown): string {
  const name = `\`${path.join(".")}\``;
  const value = path.reduce<unknown>((inside, key) => (inside as Readonly<Record<PropertyKey, unknown>>)[key], given);
  if (value === undefined) return `${name} is missing`;
  if (value === "") return `${name} is empty`;
  const wanted = issue.code === "invalid_type" && issue.expected === "object" ? "JSON object" : "text";
  return `${name} is no ${wanted}`;
}
