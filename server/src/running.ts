import {
  CodeLensRefreshRequest,
  type Connection,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
  type WorkDoneProgressReporter,
} from "vscode-languageserver";
import type { Severity } from "#ide";
import { changedNotification } from "#protocol";
import type { PythonParser } from "#syntax";
import { charmSummaries } from "./feature/charms.ts";
import type { Guard } from "./guard.ts";
import type { Hello } from "./hello.ts";
import type { Host } from "./host.ts";
import type { Client, Moment } from "./moment.ts";
import type { Folder } from "./names.ts";
import { positionsIn } from "./position.ts";
import { publisherTo } from "./publisher.ts";
import { type Session, sessionWith } from "./session.ts";
import { settingsOf } from "./settings.ts";
import { WATCHED_FILES } from "./watched-files.ts";

/** A server that knows its client. */
export interface Running {
  readonly client: Client;
  readonly session: Session;
  /** The moment once the first scan is over; requests that come sooner wait for it. */
  readonly moment: () => Moment | Promise<Moment>;
  /** Reads the workspace and asks the client to tell of changes. */
  readonly begin: () => Promise<void>;
  /** Sends what follows from the last changes, soon: several that come at once are answered together. */
  readonly changed: (editedUri?: string) => void;
  readonly changeFolders: (added: readonly Folder[], removed: readonly Folder[]) => Promise<void>;
  /** Takes in the charm around a file that lies in no folder of the workspace. */
  readonly includeAround: (uri: string) => Promise<void>;
  readonly configure: () => Promise<void>;
  readonly end: () => void;
}

/** Longer scans than this are shown to the person waiting. */
const PROGRESS_AFTER = 400;

/** Editors keep lenses, hints and tokens of a document until it changes itself; they are told of others after this pause. */
const REFRESH_AFTER = 600;

/** The server for one client. */
export function runningWith(connection: Connection, host: Host, guard: Guard, hello: Hello): Running {
  const client: Client = { ...hello, positions: positionsIn(hello.encoding) };
  let parser: PythonParser | null = null;
  let folders: readonly Folder[] = hello.folders;
  let loose: readonly Folder[] = [];
  let isReady = false;
  let settleReady: (begun: Promise<void>) => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    settleReady = resolve;
  });
  let edited = new Set<string>();
  let takeBack: (() => void) | null = null;
  let takeRefreshBack = (): void => undefined;
  const session = sessionWith(client, () => parser as PythonParser, host.files);
  const publisher = publisherTo({
    send: (params) => void connection.sendDiagnostics(params),
    refresh: () => void connection.sendRequest(DiagnosticRefreshRequest.type),
  });

  const refreshes = refreshesOf(client.capabilities);
  const refresh = guard.notice("refresh", async () => {
    await Promise.all(refreshes.map((method) => connection.sendRequest(method)));
  });
  const publish = guard.notice("diagnostics", () => {
    takeBack = null;
    if (!isReady) return;
    const uris = edited;
    edited = new Set();
    const moment = session.moment();
    publisher.publish(moment, session.open(), uris);
    void connection.sendNotification(changedNotification.method, {
      charms: charmSummaries(moment),
      findings: countsOf(moment),
    });
    takeRefreshBack();
    if (refreshes.length > 0) takeRefreshBack = host.later(REFRESH_AFTER, () => refresh(undefined));
  });
  const changed = (editedUri?: string): void => {
    if (editedUri !== undefined) edited.add(editedUri);
    takeBack ??= host.later(0, () => publish(undefined));
  };
  let loading: Promise<void> | null = null;
  const load = (): Promise<void> => {
    loading ??= host.parser().then((loaded) => {
      parser = loaded;
    });
    return loading;
  };
  const scan = async (): Promise<void> => {
    const shown = shownProgress(connection, client.capabilities.window?.workDoneProgress === true, host);
    try {
      await Promise.all([session.scan([...folders, ...loose]), load()]);
      await session.readAhead(() => new Promise((resolve) => host.later(0, resolve)), shown.read);
    } finally {
      shown.done();
    }
    changed();
  };
  const configure = async (): Promise<void> => {
    const given: unknown =
      client.capabilities.workspace?.configuration === true
        ? await connection.workspace.getConfiguration("charmMesh")
        : hello.settings;
    const { settings, problems } = settingsOf(given);
    for (const problem of problems) connection.console.warn(problem);
    session.configure(settings);
    changed();
  };

  return {
    client,
    session,
    changed,
    configure,
    moment: () => (isReady ? session.moment() : ready.then(() => session.moment())),
    begin: () => {
      // A parser that can't be loaded (a broken installation) fails every request that waits, and not silently for ever.
      const begun = Promise.all([configure(), scan(), subscribe(connection, client.capabilities)]).then(() => {
        isReady = true;
        changed();
      });
      settleReady(begun);
      // Whoever waits is told by their own request; that nobody waits is no reason to fall.
      ready.then(undefined, () => undefined);
      return begun;
    },
    changeFolders: (added, removed) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      folders = [...folders.filter(({ uri }) => !gone.has(uri)), ...added];
      return scan();
    },
    includeAround: async (uri) => {
      await ready;
      if (session.covers(uri)) return;
      const folder = await host.files.charmFolder(uri);
      if (folder === null || session.covers(folder)) return;
      loose = [...loose, { uri: folder, name: "" }];
      await scan();
    },
    end: () => {
      takeBack?.();
      takeRefreshBack();
    },
  };
}

/** The requests by which this client can be told that what it has of a document is old. */
function refreshesOf({ workspace }: Hello["capabilities"]): readonly string[] {
  return [
    ...(workspace?.codeLens?.refreshSupport ? [CodeLensRefreshRequest.method] : []),
    ...(workspace?.inlayHint?.refreshSupport ? [InlayHintRefreshRequest.method] : []),
    ...(workspace?.semanticTokens?.refreshSupport ? [SemanticTokensRefreshRequest.method] : []),
  ];
}

function countsOf(moment: Moment): Record<Severity, number> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of moment.analysis.diagnostics()) counts[severity]++;
  return counts;
}

/** Asks the client to tell of what it can tell of. */
async function subscribe(connection: Connection, capabilities: Hello["capabilities"]): Promise<void> {
  const { workspace } = capabilities;
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...WATCHED_FILES] });
  }
  if (workspace?.didChangeConfiguration?.dynamicRegistration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: "charmMesh" });
  }
}

/** A progress bar that is shown once the work has taken a while. */
interface ShownProgress {
  readonly read: (count: number, all: number) => void;
  readonly done: () => void;
}

function shownProgress(connection: Connection, canShow: boolean, host: Host): ShownProgress {
  if (!canShow) return { read: () => undefined, done: () => undefined };
  let isOver = false;
  let bar: WorkDoneProgressReporter | null = null;
  const takeBack = host.later(PROGRESS_AFTER, () => {
    void connection.window.createWorkDoneProgress().then((progress) => {
      if (isOver) return;
      progress.begin("Charm Mesh", 0, "reading charms", false);
      bar = progress;
    });
  });
  return {
    read: (count, all) => bar?.report(Math.floor((100 * count) / all), `charm ${count} of ${all}`),
    done: () => {
      isOver = true;
      takeBack();
      bar?.done();
    },
  };
}
