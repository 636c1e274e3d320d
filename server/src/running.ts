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
import { charmsWithoutMesh, type Severity } from "#ide";
import { changedNotification } from "#protocol";
import type { ClientInfo } from "./client-info.ts";
import { charmSummaries } from "./feature/charms.ts";
import type { Guard } from "./guard.ts";
import { type Folder, plainUri } from "./names.ts";
import type { Platform } from "./platform.ts";
import { positionsIn } from "./position.ts";
import { publisherTo } from "./publisher.ts";
import { type Session, sessionWith } from "./session.ts";
import { settingsOf } from "./settings.ts";
import type { Client, ServerSnapshot } from "./snapshot.ts";
import { WATCHED_FILES } from "./watched-files.ts";

/** The server for one client. */
export interface Running {
  readonly client: Client;
  readonly session: Session;
  /** The snapshot once the first scan is over and closed documents were read from disk; requests that come sooner wait. */
  readonly snapshot: () => ServerSnapshot | Promise<ServerSnapshot>;
  /**
   * For what is asked about one file and its charm alone: a snapshot that may lack other charms and the deployments, once it holds
   * that charm.
   */
  readonly snapshotAround: (uri: string) => Promise<ServerSnapshot>;
  /** Reads the workspace and registers for changes. */
  readonly begin: () => Promise<void>;
  /** Schedules the publication of what follows from the last changes: several that come at once are published together. */
  readonly changed: (editedUri?: string) => void;
  readonly changeFolders: (added: readonly Folder[], removed: readonly Folder[]) => Promise<void>;
  /** Adds the charm around a file that is in no folder of the workspace. */
  readonly includeAround: (uri: string) => Promise<void>;
  /** Drops the charms outside the workspace of which no file is open any more. */
  readonly releaseOutside: () => Promise<void>;
  /** Reads the settings again: from the client, or as it pushed them. */
  readonly configure: (pushed?: unknown) => Promise<void>;
  /** Reads the charm around a file again where the client does not watch files. */
  readonly refreshUnwatched: (uri: string) => Promise<void>;
  readonly end: () => void;
}

/** Scans that take longer show a progress bar. */
const PROGRESS_AFTER = 400;

/** How long the start waits for the client's settings; later ones still count. */
const SETTINGS_DEADLINE = 3000;

/** Editors keep lenses, hints and tokens of a document until it changes itself; after this pause they are asked to refresh them. */
const REFRESH_AFTER = 600;

/** The server for one client. */
export function runningWith(connection: Connection, platform: Platform, guard: Guard, info: ClientInfo): Running {
  const client: Client = { ...info, positions: positionsIn(info.encoding) };
  let folders: readonly Folder[] = info.folders;
  let outside: readonly Folder[] = [];
  let isReady = false;
  /** Whether the charms of the documents that were open at the start have been looked at. */
  let isLooked = false;
  let settleLooked = (): void => undefined;
  const looked = new Promise<void>((resolve) => {
    settleLooked = resolve;
  });
  /** The last scan, which may still run. */
  let scanned: Promise<void> = Promise.resolve();
  let settleReady: (begun: Promise<void>) => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    settleReady = resolve;
  });
  let edited = new Set<string>();
  let cancelPublish: (() => void) | null = null;
  let cancelRefresh = (): void => undefined;
  const session = sessionWith(client, platform);
  const publisher = publisherTo({
    send: (params) => void connection.sendDiagnostics(params),
    refresh: () => refreshDiagnostics(undefined),
  });
  const refreshDiagnostics = guard.notice("diagnostic refresh", () =>
    connection.sendRequest(DiagnosticRefreshRequest.type),
  );

  const refreshes = refreshesOf(client.capabilities);
  const refresh = guard.notice("refresh", async () => {
    await Promise.all(refreshes.map((method) => connection.sendRequest(method)));
  });
  const publish = guard.notice("diagnostics", () => {
    cancelPublish = null;
    if (!isLooked) return;
    const snapshot = session.snapshot();
    const { isIncomplete } = snapshot.workspace;
    const isKnown = (uri: string): boolean =>
      !isIncomplete || snapshot.analysis.charmOf(snapshot.names.pathOf(uri) ?? "") !== null;
    const uris = new Set([...edited].filter(isKnown));
    edited = new Set([...edited].filter((uri) => !isKnown(uri)));
    publisher.publish(snapshot, session.open(), uris);
    if (isIncomplete) return;
    if (info.wantsChanges)
      void connection.sendNotification(changedNotification.method, {
        charms: charmSummaries(snapshot),
        withoutMesh: charmsWithoutMesh(snapshot.analysis).map(({ charm }) => charm.root),
        findings: countsOf(snapshot),
      });
    cancelRefresh();
    if (refreshes.length > 0) cancelRefresh = platform.schedule(REFRESH_AFTER, () => refresh(undefined));
  });
  const changed = (editedUri?: string): void => {
    if (editedUri !== undefined) edited.add(editedUri);
    cancelPublish ??= platform.schedule(0, () => publish(undefined));
  };
  const scan = (): Promise<void> => {
    scanned = scanNow();
    return scanned;
  };
  const scanNow = async (): Promise<void> => {
    const shown = shownProgress(connection, client.capabilities.window?.workDoneProgress === true, platform, guard);
    try {
      await session.scan([...folders, ...outside], shown.read);
    } finally {
      shown.done();
    }
    changed();
  };
  let pushed: unknown = info.settings;
  const use = (given: unknown): void => {
    const { settings, problems } = settingsOf(given);
    for (const problem of problems) connection.console.warn(problem);
    session.configure(settings);
    changed();
  };
  /** The client's answer is used whenever it comes. One that fails leaves the settings that were pushed, or the defaults. */
  const pullSettings = guard.notice("workspace/configuration", async () => {
    pulled = connection.workspace.getConfiguration("charmMesh");
    use(await pulled);
  });
  let pulled: Promise<unknown> = Promise.resolve();
  const configure = async (next: unknown = pushed): Promise<void> => {
    pushed = next;
    use(pushed);
    if (client.capabilities.workspace?.configuration !== true) return;
    pullSettings(undefined);
    const settled = pulled.then(
      () => undefined,
      () => undefined,
    );
    await Promise.race([settled, new Promise<void>((resolve) => platform.schedule(SETTINGS_DEADLINE, resolve))]);
  };
  const register = guard.notice("client/registerCapability", () => subscribe(connection, client.capabilities));
  const watches = client.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;

  const completeSnapshot = async (): Promise<ServerSnapshot> => {
    await ready;
    while (!session.isComplete()) await scanned;
    await session.closing();
    return session.snapshot();
  };
  const snapshot = (): ServerSnapshot | Promise<ServerSnapshot> =>
    isReady && session.isComplete() && session.closing() === null ? session.snapshot() : completeSnapshot();

  return {
    client,
    session,
    changed,
    configure,
    snapshot,
    snapshotAround: async (uri) => {
      await looked;
      const sofar = session.snapshot();
      const isKnown = sofar.analysis.charmOf(sofar.names.pathOf(uri) ?? "") !== null;
      return isKnown && session.closing() === null ? sofar : snapshot();
    },
    begin: () => {
      register(undefined);
      const begun = (async () => {
        // The client's settings come first: without them the first findings may have wrong severities. Documents that it opens at
        // once are known by then.
        await configure();
        await session.lookAround(folders);
        isLooked = true;
        settleLooked();
        changed();
        await platform.pause();
        await scan();
        isReady = true;
        changed();
      })();
      begun.then(undefined, settleLooked);
      settleReady(begun);
      // Each waiting request reports the failure; without one it must not end the process.
      ready.then(undefined, () => undefined);
      return begun;
    },
    changeFolders: (added, removed) => {
      const gone = new Set(removed.map(({ uri }) => plainUri(uri)));
      folders = [...folders.filter(({ uri }) => !gone.has(plainUri(uri))), ...added];
      return scan();
    },
    includeAround: async (uri) => {
      await ready;
      if (session.covers(uri)) return;
      const folder = await platform.files.charmFolder(uri);
      if (folder === null || session.covers(folder)) return;
      outside = [...outside, { uri: folder, name: "" }];
      await scan();
    },
    releaseOutside: async () => {
      const open = [...session.open().keys()].map(plainUri);
      const used = outside.filter(({ uri }) => open.some((document) => document.startsWith(`${plainUri(uri)}/`)));
      if (used.length === outside.length) return;
      outside = used;
      await scan();
    },
    refreshUnwatched: async (uri) => {
      if (watches) return;
      await ready;
      const before = session.snapshot().workspace.charms;
      await session.reread(uri);
      const after = session.snapshot().workspace.charms;
      if (before.length !== after.length || before.some((charm, index) => charm !== after[index])) changed();
    },
    end: () => {
      cancelPublish?.();
      cancelRefresh();
    },
  };
}

/** The requests that ask this client to refresh what it keeps of a document. */
function refreshesOf({ workspace }: ClientInfo["capabilities"]): readonly string[] {
  return [
    ...(workspace?.codeLens?.refreshSupport ? [CodeLensRefreshRequest.method] : []),
    ...(workspace?.inlayHint?.refreshSupport ? [InlayHintRefreshRequest.method] : []),
    ...(workspace?.semanticTokens?.refreshSupport ? [SemanticTokensRefreshRequest.method] : []),
  ];
}

function countsOf(snapshot: ServerSnapshot): Record<Severity, number> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of snapshot.analysis.diagnostics()) counts[severity]++;
  return counts;
}

/** Registers for the changes that the client can report. */
async function subscribe(connection: Connection, capabilities: ClientInfo["capabilities"]): Promise<void> {
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

function shownProgress(connection: Connection, canShow: boolean, platform: Platform, guard: Guard): ShownProgress {
  if (!canShow) return { read: () => undefined, done: () => undefined };
  let isOver = false;
  let bar: WorkDoneProgressReporter | null = null;
  const create = guard.notice("progress", async () => {
    const progress = await connection.window.createWorkDoneProgress();
    if (isOver) return;
    progress.begin("Charm Mesh", 0, "reading charms", false);
    bar = progress;
  });
  const cancel = platform.schedule(PROGRESS_AFTER, () => create(undefined));
  return {
    read: (count, all) => bar?.report(Math.floor((100 * count) / all), `charm ${count} of ${all}`),
    done: () => {
      isOver = true;
      cancel();
      bar?.done();
    },
  };
}
