import * as z from "zod";
import type { Databag } from "../topology.ts";
import { databagValue } from "./databag-value.ts";

const topologySchema = z.object({ model: z.string().min(1), application: z.string() });

/** Keys under which the observability libraries publish a Juju topology. */
const KEYS = ["juju_topology", "scrape_metadata", "grafana_source_data", "metadata"];

/** The model that applications say they live in, in the topology that they publish; null where none does. */
export function statedModel(databags: readonly Databag[]): string | null {
  for (const databag of databags) {
    for (const key of KEYS) {
      if (!databag.data.has(key)) continue;
      const read = topologySchema.safeParse(databagValue(databag, key));
      if (read.success && read.data.application === databag.application) return read.data.model;
    }
  }
  return null;
}
