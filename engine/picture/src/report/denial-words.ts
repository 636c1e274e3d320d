import type { DenialLog, ExplainedDenial } from "#mesh";

/** Who could not reach whom: `cos/grafana can't reach cos/tempo on port 3200`. */
export function denialHeadline({ source, target, port }: ExplainedDenial): string {
  return `${source.label} can't reach ${target.label}${port === null ? "" : ` on port ${port}`}`;
}

/** What was asked for: `GET /api/search`; empty for a connection without HTTP. */
export function requestWords({ method, path }: ExplainedDenial): string {
  return [method, path].filter((part) => part !== null).join(" ");
}

/** Sentences about the whole log: how much was denied, whether the sources agree, and what could not be read. */
export function denialLogSummary(denials: readonly ExplainedDenial[], log: DenialLog): readonly string[] {
  const denied = denials.reduce((sum, { count }) => sum + count, 0) + log.unlisted;
  const flows = (expected: ExplainedDenial["expected"]): number =>
    denials.filter((denial) => denial.expected === expected).length;
  const parts = [
    [flows("denied"), "the sources deny"],
    [flows("allowed"), "the sources allow, so the cluster differs"],
    [flows("unknown"), "the sources do not decide"],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, words]) => `${count} ${words}`);
  return [
    denied === 0
      ? `No denied request in ${plural(log.lines, "line")}.`
      : `${plural(denied, "denied request")} in ${plural(log.lines, "line")}, ${plural(denials.length, "flow")}: ${parts.join("; ")}.`,
    ...(log.unlisted > 0
      ? [
          `${plural(log.unlisted, "denied request")} of further flows are counted, not explained: there are too many different ones.`,
        ]
      : []),
    ...(log.unread > 0
      ? [
          `${plural(log.unread, "line")} could not be read as an access log of ztunnel or of Istio's default format; the first is: ${log.firstUnread}`,
        ]
      : []),
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
