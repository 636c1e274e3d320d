import {
  argumentValue,
  asDict,
  asInt,
  type Fact,
  known,
  knownValue,
  namedArguments,
  type Program,
  type PyValue,
  unknown,
} from "#python";

/** Parameters of NginxConfig by position (charmlibs-nginx-k8s 1.0, _config.py; coordinated-workers 3.0.1, nginx.py). */
const NGINX_CONFIG = ["server_name", "upstream_configs", "server_ports_to_locations"];

/**
 * The ports that an NginxConfig listens on: the keys of its `server_ports_to_locations`. Ports under a condition make it
 * a subset; anything that can't be read to its keys is `unknown`.
 */
export function nginxServerPorts(program: Program, value: PyValue): Fact<readonly number[]> {
  if (value.kind === "none") return known([], value.because);
  const given =
    value.kind === "instance" && value.arguments
      ? namedArguments(value.arguments, NGINX_CONFIG).get("server_ports_to_locations")
      : undefined;
  if (!given) return unknown("the nginx configuration can't be followed to its ports", value.because);
  const ports = argumentValue(program, given);
  const dict = asDict(ports);
  if (!dict) return unknown("the nginx configuration's ports can't be read", ports.because);
  const possible: number[] = [];
  const always: number[] = [];
  let open = dict.open !== null;
  for (const entry of dict.entries) {
    const port = knownValue(asInt(entry.key));
    if (port === undefined) open = true;
    else {
      possible.push(port);
      if (entry.condition === null) always.push(port);
    }
  }
  if (!open && always.length === possible.length) return known(possible, ports.because);
  return { kind: "subsetOf", possible, always, open, because: ports.because };
}
