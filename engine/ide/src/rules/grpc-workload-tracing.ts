import { knownValue, optionsOf } from "#python";
import { runsWith } from "../facts/package-versions.ts";
import { charmRule } from "./rule.ts";

/** `get_nginx_upstreams_and_locations` of coordinated_workers/worker_telemetry.py refuses any protocol with "grpc" in its name. */
export const grpcWorkloadTracing = charmRule({
  name: "grpc-workload-tracing",
  summary: "A gRPC protocol in workload_tracing_protocols together with the telemetry proxy.",
  severities: ["error"],
  *findings({ coordinator, dependencies }) {
    if (!runsWith(dependencies, "coordinated-workers", ">=2.1.0")) return;
    const location = coordinator?.workloadTracingLocation;
    if (!coordinator || !location || !knownValue(coordinator.telemetryProxy)) return;
    const { workloadTracingProtocols } = coordinator;
    const lists =
      workloadTracingProtocols.kind === "subsetOf"
        ? [workloadTracingProtocols.always]
        : optionsOf(workloadTracingProtocols);
    const [first] = lists ?? [];
    const found = first?.find((each) => each.includes("grpc") && lists?.every((list) => list.includes(each)));
    if (found === undefined) return;
    const file = location.file;
    const written = file.text.slice(location.span.start, location.span.end);
    const at = /(["'])/.test(written) ? written.search(new RegExp(`(["'])${found}\\1`)) : -1;
    const start = location.span.start + at;
    yield {
      message: `This charm fails with a RuntimeError when it starts: the telemetry proxy only supports HTTP, and “${found}” is gRPC. Use an HTTP protocol.`,
      location: at < 0 ? location : { file, span: { start, end: start + found.length + 2 } },
      related:
        coordinator.telemetryProxy.kind === "known" && coordinator.telemetryProxy.value
          ? [{ location: coordinator.telemetryProxy.value.location, message: "The proxy is configured here." }]
          : [],
    };
  },
});
