import type { GraphLayer } from "./graph-part.ts";
import { applications } from "./layers/applications.ts";
import { clusterInternal } from "./layers/cluster-internal.ts";
import { crossModel, throughService, toPods } from "./layers/external.ts";
import { mesh } from "./layers/mesh.ts";
import { suggested } from "./layers/suggested.ts";
import { telemetryBypass } from "./layers/telemetry-bypass.ts";
import { telemetryProxy } from "./layers/telemetry-proxy.ts";

/** Every layer of the traffic graph. Their order does not matter. */
export const GRAPH_LAYERS: readonly GraphLayer[] = [
  applications,
  clusterInternal,
  throughService,
  toPods,
  telemetryProxy,
  telemetryBypass,
  suggested,
  crossModel,
  mesh,
];
