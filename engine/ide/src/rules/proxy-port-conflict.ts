import { COORDINATOR_DEFAULTS, optionsOf } from "#model";
import type { Location, PyExpression, PyModule, SourceFile } from "#syntax";
import { visitPython } from "../fixes/python-tree.ts";
import type { PythonSources } from "./charm-facts.ts";
import { charmRule } from "./rule.ts";

/** nginx listens once per port, with TLS or without; the exporter has its port for itself. */
export const proxyPortConflict = charmRule({
  name: "proxy-port-conflict",
  summary: "The telemetry proxy's port is taken: by the nginx exporter, or by an nginx server with another TLS state.",
  severities: ["error"],
  needs: ["coordinator", "python"],
  *findings({ coordinator, python }) {
    const proxy = coordinator?.telemetryProxy.kind === "known" ? coordinator.telemetryProxy.value : null;
    if (!proxy) return;
    const exporter = COORDINATOR_DEFAULTS.exporterPort.value;
    const http = optionsOf(proxy.httpPort);
    const https = optionsOf(proxy.httpsPort);
    const sides = [
      { name: "http", ports: http, location: proxy.httpPortLocation ?? proxy.location, tls: false },
      { name: "https", ports: https, location: proxy.httpsPortLocation ?? proxy.location, tls: true },
    ];
    const servers = tlsDependentPorts(python);
    for (const { name, ports, location, tls } of sides) {
      const [port] = ports ?? [];
      if (!ports || port === undefined) continue;
      if (ports.every((each) => each === exporter))
        yield {
          message: `Port ${exporter} is the nginx exporter's: the telemetry proxy can't listen on it.`,
          location,
        };
      const taken = servers.find((each) => ports.every((one) => (tls ? each.plain : each.tls) === one));
      if (taken)
        yield {
          message: `nginx serves port ${port} ${tls ? "without" : "with"} TLS already, and the telemetry proxy wants it as its ${name} port.`,
          location,
          related: [{ location: taken.location, message: "The server's port is chosen here." }],
        };
    }
  },
});

interface ServerPorts {
  readonly tls: number;
  readonly plain: number;
  readonly location: Location;
}

/** Ports chosen by `tls_port if tls else port`, where both are plain numbers of the charm's own. */
function tlsDependentPorts({ own, module }: PythonSources): ServerPorts[] {
  const found: ServerPorts[] = [];
  for (const file of own) {
    if (!/\bif\b[^\n]*tls/i.test(file.text)) continue;
    visitPython(module(file), (node) => {
      const choice = node as unknown as PyExpression;
      if (choice.kind !== "conditional") return true;
      const test = file.text.slice(choice.test.span.start, choice.test.span.end);
      if (!/tls/i.test(test)) return true;
      const [then, otherwise] = [portOf(choice.then, own, module), portOf(choice.otherwise, own, module)];
      if (then === null || otherwise === null || then === otherwise) return true;
      const negated = choice.test.kind === "unary" && choice.test.operator === "not";
      found.push({
        tls: negated ? otherwise : then,
        plain: negated ? then : otherwise,
        location: { file, span: choice.span },
      });
      return true;
    });
  }
  return found;
}

/** A number, or a name that the charm's Python assigns one number, wherever it does. */
function portOf(node: PyExpression, own: readonly SourceFile[], module: (file: SourceFile) => PyModule): number | null {
  if (node.kind === "number") return node.value;
  const name = node.kind === "name" ? node.id : node.kind === "attribute" ? node.name.text : null;
  if (name === null) return null;
  const values = new Set<number>();
  for (const file of own) {
    if (!file.text.includes(name)) continue;
    visitPython(module(file), (each) => {
      const statement = each as {
        kind: string;
        targets?: readonly PyExpression[];
        target?: PyExpression;
        value?: PyExpression;
      };
      const targets =
        statement.targets ?? (statement.kind === "annotated-assign" && statement.target ? [statement.target] : []);
      if (targets.some((target) => target.kind === "name" && target.id === name) && statement.value?.kind === "number")
        values.add(statement.value.value ?? 0);
      return true;
    });
  }
  const [value, another] = values;
  return value === undefined || another !== undefined ? null : value;
}
