import type { DenialPoint, DeniedRequest, Refusal } from "./access-line.ts";
import { logLine } from "./log-line.ts";
import type { Directory, Party } from "./parties.ts";

/** Refused requests that agree in everything that matters for the reason. */
export interface DeniedFlow {
  readonly count: number;
  readonly at: DenialPoint;
  readonly refusal: Refusal;
  /** The DENY policy that the proxy names. */
  readonly policy: DeniedRequest["policy"];
  readonly source: Party;
  readonly target: Party;
  /** The Service that was called, where the log names it and it is not the application's own. */
  readonly service: string | null;
  /** Whether the source showed an identity; null where the line does not say. */
  readonly identified: boolean | null;
  readonly port: number | null;
  readonly http: boolean;
  readonly method: string | null;
  readonly path: string | null;
  readonly host: string | null;
}

/** What a log holds. */
export interface DenialLog {
  readonly lines: number;
  /** Lines of a known format that refuse nothing. */
  readonly other: number;
  /** Lines of no known format. */
  readonly unread: number;
  /** The first of them, cut to 200 characters; null where there is none. */
  readonly firstUnread: string | null;
  /** The most frequent first. */
  readonly flows: readonly DeniedFlow[];
  /** Denials of further flows, beyond the number that is kept. */
  readonly unlisted: number;
}

/** Takes the lines of a log one by one. What it keeps does not grow with the log. */
export interface DenialReader {
  /** One line without its line break; an empty one is no line. */
  line(text: string): void;
  /** A line that was too long to be handed over. */
  tooLong(): void;
  log(): DenialLog;
}

/** So many different flows are kept; a log with more of them (random paths) still ends in constant memory. */
const MOST_FLOWS = 1_000;

type Counted = { -readonly [Key in keyof DeniedFlow]: DeniedFlow[Key] };

/** A reader that groups denials by who called whom, on what, and why it was refused. `directory` finds the applications. */
export function denialReader(directory: Directory): DenialReader {
  const flows = new Map<string, Counted>();
  let [lines, other, unread, unlisted] = [0, 0, 0, 0];
  let firstUnread: string | null = null;
  const denied = (request: DeniedRequest): void => {
    const flow = flowOf(request, directory);
    const key = flowKey(flow);
    const known = flows.get(key);
    if (known) known.count++;
    else if (flows.size < MOST_FLOWS) flows.set(key, flow);
    else unlisted++;
  };
  return {
    line: (text) => {
      if (text.trim() === "") return;
      lines++;
      const read = logLine(text);
      if (read.kind === "denied") denied(read.request);
      else if (read.kind === "other") other++;
      else {
        unread++;
        firstUnread ??= text.slice(0, 200);
      }
    },
    tooLong: () => {
      lines++;
      unread++;
      firstUnread ??= "(a line of more than 64 KiB)";
    },
    log: () => ({ lines, other, unread, firstUnread, unlisted, flows: withoutEchoes([...flows.values()]) }),
  };
}

function flowOf(request: DeniedRequest, directory: Directory): Counted {
  const { at, refusal, policy, port, http, method, path, host } = request;
  const target = directory.party(request.target);
  const called = request.target.service?.name ?? null;
  return {
    count: 1,
    at,
    refusal,
    policy,
    source: directory.party(request.source),
    target,
    service: called === target.application?.name ? null : called,
    identified: at === "ztunnel" && refusal !== "far-end" ? request.source.identity !== null : null,
    port,
    http,
    method,
    path,
    host,
  };
}

/** Everything but the count, as one text: equal texts are one flow. */
function flowKey({ count: _, policy, source, target, ...rest }: DeniedFlow): string {
  return JSON.stringify([source.label, target.label, policy?.namespace, policy?.name, Object.values(rest)]);
}

/**
 * One refused connection leaves two lines, ztunnel's at the pod and the sender's own. Where a log holds both, the sender's is left out,
 * since the other one says why.
 */
function withoutEchoes(flows: readonly DeniedFlow[]): readonly DeniedFlow[] {
  const ends = ({ source, target, port }: DeniedFlow): string => JSON.stringify([source.label, target.label, port]);
  const explained = new Set(flows.filter((flow) => flow.at === "ztunnel" && flow.refusal !== "far-end").map(ends));
  return flows
    .filter((flow) => flow.refusal !== "far-end" || !explained.has(ends(flow)))
    .toSorted((a, b) => b.count - a.count);
}
