import type { PublishDiagnosticsParams } from "vscode-languageserver";
import type { Diagnostic } from "#ide";
import { lspDiagnostic } from "./lsp-diagnostic.ts";
import type { ServerSnapshot } from "./snapshot.ts";

/** Sends diagnostics to the client, and only what is different from what it has. */
export interface Publisher {
  /**
   * Brings the client up to the snapshot. `open` holds the versions of open documents by URI. `edited` are the documents whose
   * edit led to the snapshot: they are published even where nothing changed, so that the client knows this version was looked at.
   * A snapshot of a running scan says nothing of files whose charm it lacks: what the client has of those stays.
   */
  readonly publish: (snapshot: ServerSnapshot, open: ReadonlyMap<string, number>, edited: ReadonlySet<string>) => void;
}

export interface PublisherPorts {
  readonly send: (params: PublishDiagnosticsParams) => void;
  /** Asks a pulling client to pull the open files again. */
  readonly refresh: () => void;
}

/** What the client has for one URI: sent, or (for an open file that it pulls) what it gets when it pulls. */
interface Known {
  readonly findings: readonly Diagnostic[];
  readonly text: string;
  readonly isSent: boolean;
}

const NOTHING: Known = { findings: [], text: "[]", isSent: true };

/** A publisher that has sent nothing yet. */
export function publisherTo(ports: PublisherPorts): Publisher {
  let known: ReadonlyMap<string, Known> = new Map();
  return {
    publish: (snapshot, open, edited) => {
      const now = findingsByUri(snapshot, open);
      const { workspace, analysis, names } = snapshot;
      const next = new Map<string, Known>();
      if (workspace.isIncomplete)
        for (const [uri, each] of known) if (analysis.charmOf(names.pathOf(uri) ?? "") === null) next.set(uri, each);
      let isRefreshDue = false;
      for (const uri of new Set([...now.keys(), ...known.keys(), ...edited])) {
        if (next.has(uri)) continue;
        const before = known.get(uri) ?? NOTHING;
        const isSent = !(snapshot.client.diagnostics === "pull" && open.has(uri));
        const findings = now.get(uri) ?? [];
        const isSame = sameItems(findings, before.findings);
        const diagnostics =
          isSame && !edited.has(uri) ? [] : findings.map((finding) => lspDiagnostic(snapshot, finding));
        const text = isSame ? before.text : JSON.stringify(diagnostics);
        if (isSent) {
          if (edited.has(uri) || before.text !== text) send(uri, open.get(uri), diagnostics);
          else if (!before.isSent && text !== "[]")
            send(
              uri,
              undefined,
              findings.map((one) => lspDiagnostic(snapshot, one)),
            );
        } else {
          // What was sent while the file was closed would stand beside what is pulled now.
          if (before.isSent && before.text !== "[]") send(uri, undefined, []);
          if (!edited.has(uri) && before.text !== text) isRefreshDue = true;
        }
        if (!isSent || text !== "[]") next.set(uri, { findings, text, isSent });
      }
      known = next;
      if (isRefreshDue) ports.refresh();
    },
  };

  function send(uri: string, version: number | undefined, diagnostics: PublishDiagnosticsParams["diagnostics"]): void {
    ports.send(version === undefined ? { uri, diagnostics } : { uri, version, diagnostics });
  }
}

/** All findings by the URI of their file: in the client's own spelling where it has the file open. */
function findingsByUri(
  snapshot: ServerSnapshot,
  open: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const spelling = new Map([...open.keys()].map((uri) => [snapshot.names.pathOf(uri), uri]));
  const found = new Map<string, Diagnostic[]>();
  for (const finding of snapshot.analysis.diagnostics()) {
    const { path } = finding.location.file;
    const uri = spelling.get(path) ?? snapshot.names.uriOf(path);
    if (uri === null) continue;
    const list = found.get(uri);
    if (list) list.push(finding);
    else found.set(uri, [finding]);
  }
  return found;
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
