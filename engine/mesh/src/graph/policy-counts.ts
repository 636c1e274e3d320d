/** How many policies worker telemetry needs. */
export interface PolicyCounts {
  /** With the coordinator's proxy: one from the coordinator to each backend; what the workers send it is granted inside the cluster. */
  readonly withRouting: number;
  /** Without it: one from each worker unit to each unit of a backend. */
  readonly withoutRouting: number;
}

/**
 * The policies that n worker units and m backend units need, with and without routing telemetry through the coordinator
 * (explanation "Service Mesh in Coordinated-Worker Charms": 3 workers and 2 Prometheus units need 6 without routing).
 */
export function policyCounts(workers: number, backends: number): PolicyCounts {
  return { withRouting: backends, withoutRouting: workers * backends };
}
