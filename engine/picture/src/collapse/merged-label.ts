import type { EdgeView } from "#protocol";

/** Names longer than this together are counted and not listed. */
const LONGEST_NAMES = 28;
/** Of more ports than this the first stands for all. */
const LISTED_PORTS = 2;

/** The short text on a line that stands for several flows: what they have in common or are called, their scheme and ports, and how many they are. */
export function mergedLabel(flows: readonly EdgeView[]): string {
  const labels = new Set(flows.map((flow) => flow.label));
  const [only = ""] = labels;
  if (labels.size === 1) return `${only} ×${flows.length}`.trim();
  const names = [...new Set(flows.map(shortName))].sort();
  const listed = names.join(", ");
  const name = names.length === 1 || listed.length <= LONGEST_NAMES ? listed : "";
  const ports = portsText([...new Set(flows.flatMap((flow) => flow.ports ?? []))].sort((a, b) => a - b));
  const schemes = new Set(flows.map((flow) => flow.scheme));
  const scheme = schemes.size === 1 && ports !== "" ? (flows[0]?.scheme ?? "") : "";
  const count = name === "" ? `${flows.length} flows` : `×${flows.length}`;
  return (name === "" ? [count, scheme, ports] : [name, scheme, ports, count]).filter((part) => part !== "").join(" ");
}

/** Ports in the way of labels: `:80,443`, `:4317,…`. */
export function portsText(ports: readonly number[]): string {
  if (ports.length === 0) return "";
  if (ports.length <= LISTED_PORTS) return `:${ports.join(",")}`;
  return `:${ports[0]},…`;
}

/** What a flow is called among others: its telemetry, its relation, or what its label says before the first comma or blank. */
function shortName(flow: EdgeView): string {
  if (flow.telemetry !== null) return flow.telemetry.replace(/^(charm|workload)-traces$/, "traces");
  return flow.relation ?? /^[^\s,:]+/.exec(flow.label)?.[0] ?? flow.interface ?? flow.kind;
}
