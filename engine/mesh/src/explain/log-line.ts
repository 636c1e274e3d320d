import { type LogLine, OTHER, UNREAD } from "./access-line.ts";
import { envoyJsonEntry, envoyTextEntry } from "./envoy-line.ts";
import { isTime } from "./log-names.ts";
import { isZtunnelJson, ztunnelJsonEntry, ztunnelTextEntry } from "./ztunnel-line.ts";

const LEVELS: ReadonlySet<string> = new Set(["trace", "debug", "info", "warn", "warning", "error", "fatal"]);

/**
 * Reads one line of a proxy's log: an access-log line of ztunnel (text or JSON) or of Envoy with Istio's default format (text or JSON), with
 * or without the prefixes that `kubectl logs --prefix` and `--timestamps`, CRI and Docker add. Other lines of istiod's and ztunnel's logger
 * (`<time> <level> …`) are `other`. Whatever fits none of these formats exactly is `unread`; nothing is guessed.
 */
export function logLine(line: string): LogLine {
  const text = withoutPrefix(line.trim());
  if (text.startsWith("{")) return jsonLine(text);
  if (text.startsWith("[")) return envoyTextEntry(text);
  const ztunnel = ztunnelTextEntry(text);
  if (ztunnel !== null) return ztunnel;
  const [time, level] = text.split(/[\t ]/, 12).filter((word) => word !== "");
  return time !== undefined && isTime(time) && LEVELS.has(level ?? "") ? OTHER : UNREAD;
}

/** Takes away what `kubectl logs` and container runtimes put in front of a line. */
function withoutPrefix(line: string): string {
  // kubectl logs --prefix: `[pod/ztunnel-x7k2p/istio-proxy] `.
  let text = line;
  if (text.startsWith("[pod/")) {
    const end = text.indexOf("] ");
    if (end < 0) return text;
    text = text.slice(end + 2);
  }
  const space = text.indexOf(" ");
  if (space < 0 || space > 40 || !isTime(text.slice(0, space))) return text;
  const rest = text.slice(space + 1);
  // CRI: `<time> stdout F <line>`.
  const cri = /^(?:stdout|stderr) [FP] /.exec(rest);
  if (cri) return rest.slice(cri[0].length);
  // kubectl logs --timestamps: a second time, a JSON object or a bracket follows.
  const next = rest.slice(0, 40).split(/[\t ]/, 1)[0] ?? "";
  return rest.startsWith("{") || rest.startsWith("[") || isTime(next) ? rest : text;
}

function jsonLine(text: string): LogLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return UNREAD;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return UNREAD;
  const log = "log" in value ? value.log : undefined;
  // Docker's json-file driver wraps each line; what is inside is not wrapped again.
  if (typeof log === "string" && "stream" in value && !log.trimStart().startsWith('{"log"')) return logLine(log);
  return isZtunnelJson(value) ? ztunnelJsonEntry(value) : envoyJsonEntry(value);
}
