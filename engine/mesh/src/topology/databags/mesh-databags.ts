import * as z from "zod";
import type { Databag } from "../topology.ts";
import { databagValue } from "./databag-value.ts";

const cmrSchema = z.object({ app_name: z.string(), juju_model_name: z.string() });

const meshSchema = z.object({ labels: z.record(z.string(), z.string()), mesh_type: z.string() });

/** What an application publishes over cross_model_mesh; null if it publishes nothing, or not in the library's form (CMRData). */
export function crossModelMeshData(databag: Databag): { readonly application: string; readonly model: string } | null {
  const read = cmrSchema.safeParse(databagValue(databag, "cmr_data"));
  return read.success ? { application: read.data.app_name, model: read.data.juju_model_name } : null;
}

/** What a beacon publishes over service_mesh (the library's MeshLabels and mesh type); null if it publishes nothing. */
export function serviceMeshData(
  databag: Databag,
): { readonly labels: ReadonlyMap<string, string>; readonly meshType: string } | null {
  const read = meshSchema.safeParse({
    labels: databagValue(databag, "labels"),
    mesh_type: databagValue(databag, "mesh_type"),
  });
  return read.success ? { labels: new Map(Object.entries(read.data.labels)), meshType: read.data.mesh_type } : null;
}
