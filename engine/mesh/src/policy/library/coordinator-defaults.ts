/** The path under which each worker unit's metrics stand behind the coordinator's proxy, as a policy names it. */
export const PROXIED_METRICS_PATH = "/proxy/worker/{*}/metrics";

/** The port of the coordinator's nginx exporter: `Coordinator._nginx_exporter_port`. */
export const NGINX_EXPORTER_PORT = 9113;

/** The ValueError of `service_mesh.initialize` where only some of the three mesh endpoints are given. */
export const PARTIAL_MESH_ENDPOINTS =
  "If any of 'service-mesh', 'service-mesh-provide-cmr-mesh' or 'service-mesh-require-cmr-mesh' endpoints are provided, " +
  "all of them must be.";
