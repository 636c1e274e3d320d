import type { PyValue } from "#mesh";
import { isList, type PyInt, type PythonError } from "../../../engine/mesh/src/policy/python/value.ts";
import { dict, list, member, type Shape, text, texts } from "../json-shape.ts";
import { type TelemetryInput, telemetryNginx } from "../library/proxy-nginx.ts";
import { applicationHostname } from "../library/proxy-paths.ts";
import {
  lokiEndpoints,
  remoteWriteEndpoints,
  tracingReceivers,
  workerScrapeJobs,
} from "../library/telemetry-endpoints.ts";
import { errorShape } from "./mesh-policies.ts";

export function telemetry(input: PyValue): Shape {
  const model = text(input, "model");
  const hostname = applicationHostname(text(input, "hostname"), text(input, "app"), model);
  const given = telemetryInput(input);
  const place = { hostname, model, modelUuid: text(input, "model_uuid") };
  return {
    app_hostname: hostname,
    nginx: outcome(telemetryNginx(given)),
    loki_endpoints: lokiEndpoints(given, hostname),
    remote_write_endpoints: outcome(remoteWriteEndpoints(given, hostname)),
    charm_tracing_receivers: tracingReceivers(given, hostname, "charm"),
    workload_tracing_receivers: tracingReceivers(given, hostname, "workload"),
    worker_scrape_jobs: workerScrapeJobs(given, place) as unknown as Shape,
  };
}

function outcome(result: { readonly value: unknown } | { readonly error: PythonError }): Shape {
  return "error" in result ? errorShape(result.error) : (result.value as Shape);
}

function telemetryInput(input: PyValue): TelemetryInput {
  const protocols = member(input, "workload_tracing_protocols");
  const remoteWrites = member(input, "remote_write_endpoints");
  const proxyPort = member(input, "proxy_port");
  return {
    tls: member(input, "tls") === true,
    workloadTracingProtocols: isList(protocols) ? protocols.map(String) : [],
    workers: list(input, "workers").map((worker) => ({
      address: text(worker, "address"),
      application: text(worker, "application"),
      unit: text(worker, "unit"),
      charm_name: text(worker, "charm_name"),
    })),
    workerMetricsPort: integer(member(input, "worker_metrics_port")) ?? 0,
    proxyPort: integer(proxyPort),
    lokiEndpoints: new Map(
      [...dict(input, "loki_endpoints_by_unit")].map(([unit, url]) => [
        String(unit),
        typeof url === "string" ? url : null,
      ]),
    ),
    remoteWriteEndpoints: isList(remoteWrites) ? remoteWrites.map(String) : null,
    charmTracingReceivers: texts(dict(input, "charm_tracing_receivers")),
    workloadTracingReceivers: texts(dict(input, "workload_tracing_receivers")),
  };
}

function integer(value: PyValue): PyInt | null {
  return typeof value === "number" || typeof value === "bigint" ? value : null;
}
