import { COORDINATOR_DEFAULTS } from "#charm";
import { optionsOf } from "#python";
import { type Location, memo, type SourceFile, span } from "#syntax";
import { lineEndOf, lineStartOf } from "../edits/layout.ts";
import type { PythonSources } from "../facts/charm-facts.ts";
import { charmRule } from "./rule.ts";

/** nginx listens once per port, with TLS or without; the exporter has its port for itself. */
export const proxyPortConflict = charmRule({
  name: "proxy-port-conflict",
  summary: "The telemetry proxy's port is taken: by the nginx exporter, or by an nginx server with another TLS state.",
  severities: ["error"],
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
          message: `The telemetry proxy can't listen on port ${exporter}: the nginx exporter uses it.`,
          location,
        };
      const taken = servers.find((each) => ports.every((one) => (tls ? each.plain : each.tls) === one));
      if (taken)
        yield {
          message: `The telemetry proxy can't use port ${port} as its ${name} port: nginx already serves it ${tls ? "without" : "with"} TLS.`,
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

/** `a if … tls … else b` in one line, with a number or a dotted name on both sides. A longer condition decides more than TLS. */
const CHOICE =
  /(?<![\w.])([\w.]+)[ \t]+if[ \t]+(not[ \t]+)?([^\n#]{0,100}?tls[^\n#]{0,100}?)[ \t]+else[ \t]+([\w.]+)/gi;

interface Choice {
  readonly tls: string;
  readonly plain: string;
  readonly location: Location;
}

/** Ports chosen by `tls_port if tls else port`, where both are plain numbers of the charm's own. */
function tlsDependentPorts({ own, module }: PythonSources): ServerPorts[] {
  return own.flatMap((file) =>
    choicesIn(file).flatMap(({ location, ...texts }) => {
      const [tls, plain] = [portOf(texts.tls, own), portOf(texts.plain, own)];
      if (tls === null || plain === null || tls === plain) return [];
      const { start } = location.span;
      const commented = module(file).comments.some((each) => each.span.start <= start && start < each.span.end);
      return commented ? [] : [{ tls, plain, location }];
    }),
  );
}

/** The choices by TLS in a file, `not` already turned round. */
const choicesIn = memo((file: SourceFile): readonly Choice[] => {
  const found: Choice[] = [];
  // Only lines that mention TLS are matched: the whole expression is slow on a whole file.
  let seen = -1;
  for (const { index } of file.text.matchAll(/tls/gi)) {
    const start = lineStartOf(file.text, index);
    if (start === seen) continue;
    seen = start;
    for (const match of file.text.slice(start, lineEndOf(file.text, index)).matchAll(CHOICE)) {
      const [whole, first = "", not, , second = ""] = match;
      const at = start + match.index;
      const location = { file, span: span(at, at + whole.length) };
      found.push(not ? { tls: second, plain: first, location } : { tls: first, plain: second, location });
    }
  }
  return found;
});

/** A number, or a name that the charm's Python assigns one number, wherever it does. */
function portOf(text: string, own: readonly SourceFile[]): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const name = /(?:^|\.)([A-Za-z_]\w*)$/.exec(text)?.[1];
  if (name === undefined) return null;
  const values = new Set(own.flatMap((file) => [...(numbersIn(file).get(name) ?? [])]));
  const [value, another] = values;
  return value === undefined || another !== undefined ? null : value;
}

/** The names to which a file assigns plain numbers. */
const numbersIn = memo((file: SourceFile): ReadonlyMap<string, ReadonlySet<number>> => {
  const found = new Map<string, Set<number>>();
  for (const [, name = "", digits] of file.text.matchAll(
    /^[ \t]*(\w+)[ \t]*(?::[^=\r\n]*)?=[ \t]*(\d+)[ \t]*(?:#.*)?$/gm,
  ))
    found.set(name, (found.get(name) ?? new Set()).add(Number(digits)));
  return found;
});
