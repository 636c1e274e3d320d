/**
 * Parameter lists of record classes outside the charm's tree: an attribute of such an object is what its argument of
 * that name is. ops 2.x `ops/model.py`, lightkube `models/core_v1.py`, coordinated_workers 2.x `worker_telemetry.py`,
 * charmlibs-interfaces-service-mesh 1.0, Python's `types`.
 */
export const RECORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["types.SimpleNamespace", []],
  ["argparse.Namespace", []],
  ["ops.Port", ["protocol", "port"]],
  ["ops.model.Port", ["protocol", "port"]],
  ["ops.OpenedPort", ["protocol", "port"]],
  ["ops.model.OpenedPort", ["protocol", "port"]],
  ["lightkube.models.core_v1.ServicePort", ["port", "appProtocol", "name", "nodePort", "protocol", "targetPort"]],
  ["lightkube.models.core_v1.ContainerPort", ["containerPort", "hostIP", "hostPort", "name", "protocol"]],
  ["coordinated_workers.worker_telemetry.WorkerTelemetryProxyConfig", ["http_port", "https_port"]],
]);
