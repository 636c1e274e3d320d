import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Contestant } from "./rivals.ts";

/** A place where letters are typed and questions asked. */
export interface Letter {
  readonly kind: string;
  readonly line: number;
  readonly character: number;
}

/** A charm's file that is opened, and the places in it where letters are typed. */
export interface OpenFile {
  readonly path: string;
  readonly letters: readonly Letter[];
}

/** What letters of one kind took, once compilers had seen the code: milliseconds each, and of the processor for one. */
export interface Typed {
  readonly times: readonly number[];
  readonly cpu: number;
}

/** Times of one life of a language server, in milliseconds, and its memory in megabytes. */
export interface ServerRun {
  readonly initialize: number;
  /** From the start to the diagnostics of all opened files that it knows about. */
  readonly firstDiagnostics: number;
  /** The same in the time of the processor. */
  readonly firstCpu: number;
  /** By kind. */
  readonly typed: ReadonlyMap<string, Typed>;
  readonly hovers: readonly number[];
  readonly completions: readonly number[];
  /** At rest after the start, and after all letters. */
  readonly memory: number;
  readonly memoryAfter: number;
}

/** Typing in one file ends after so many milliseconds: a slow server needs no more letters to be known as slow. */
const PATIENCE = 2_000;
const LEAST_STROKES = 12;
const QUESTIONS = 12;
/** How long a server is left alone before its memory is looked at. */
const SETTLING = 1_000;

/** Starts a server on a folder, opens the files, types `strokes` letters in each, asks, lets it settle, and ends it. */
export async function serverRun(
  contestant: Contestant,
  folder: string,
  files: readonly OpenFile[],
  strokes: number,
): Promise<ServerRun> {
  const started = performance.now();
  const child = spawn(process.execPath, contestant.command, { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  const over = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const pid = child.pid ?? -1;
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let published: (params: PublishDiagnosticsParams) => void = () => undefined;
  connection.onNotification("textDocument/publishDiagnostics", (params) => published(params));
  connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => settingOf(contestant.settings, section)),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: uri,
    rootPath: folder,
    workspaceFolders: [{ uri, name: "bench" }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { publishDiagnostics: { relatedInformation: true }, hover: {}, completion: {} },
    },
  });
  const initialize = performance.now() - started;
  const known = files.filter(({ path: file }) => contestant.files.some((name) => file.endsWith(name)));
  const uriOf = (file: OpenFile): string => pathToFileURL(path.join(folder, file.path)).href;
  const arrived = Promise.all(
    known.map(
      (file) =>
        new Promise<void>((resolve) => {
          const before = published;
          published = (params) => {
            before(params);
            if (params.uri === uriOf(file)) resolve();
          };
        }),
    ),
  );
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("workspace/didChangeConfiguration", { settings: contestant.settings });
  for (const file of files) {
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: {
        uri: uriOf(file),
        languageId: file.path.endsWith(".py") ? "python" : "yaml",
        version: 1,
        text: readFileSync(path.join(folder, file.path), "utf8"),
      },
    });
  }
  await arrived;
  const firstDiagnostics = performance.now() - started;
  const firstCpu = processorTime(pid);
  await settled();
  const memory = memoryOf(pid);

  const typed = new Map<string, Typed>();
  const hovers: number[] = [];
  const completions: number[] = [];
  let version = 1;
  for (const file of known) {
    for (const { kind, line, character } of file.letters) {
      const times: number[] = [];
      const start = { line, character };
      const end = { line, character: character + 1 };
      const warm = Math.floor(strokes / 6) * 2;
      let cpu = 0;
      const since = performance.now();
      for (let stroke = 0; stroke < strokes || stroke % 2 === 1; stroke++) {
        if (stroke >= warm + LEAST_STROKES && stroke % 2 === 0 && performance.now() - since > PATIENCE) break;
        if (stroke === warm) {
          await settled();
          cpu = processorTime(pid);
        }
        const own = ++version;
        const answered = new Promise<void>((resolve) => {
          // Not every server tells the version; one that tells an older one has not answered yet.
          published = (params) => {
            if (params.uri === uriOf(file) && (params.version ?? own) >= own) resolve();
          };
        });
        const begun = performance.now();
        await connection.sendNotification("textDocument/didChange", {
          textDocument: { uri: uriOf(file), version: own },
          contentChanges: [
            stroke % 2 === 0 ? { range: { start, end: start }, text: "x" } : { range: { start, end }, text: "" },
          ],
        });
        await answered;
        if (stroke >= warm) times.push(performance.now() - begun);
      }
      await settled();
      typed.set(kind, { times, cpu: (processorTime(pid) - cpu) / times.length });
      for (let round = 0; round < QUESTIONS; round++)
        for (const [method, into] of [
          ["hover", hovers],
          ["completion", completions],
        ] as const) {
          const asked = performance.now();
          await connection.sendRequest(`textDocument/${method}`, {
            textDocument: { uri: uriOf(file) },
            position: start,
          });
          into.push(performance.now() - asked);
        }
    }
  }
  await settled();
  const memoryAfter = memoryOf(pid);
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  const code = await over;
  if (code !== 0) throw new Error(`${contestant.name} ended with exit code ${code}`);
  return { initialize, firstDiagnostics, firstCpu, typed, hovers, completions, memory, memoryAfter };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLING));
}

/** Milliseconds that all threads of a process had a processor; not a number where the system does not tell (/proc). */
function processorTime(pid: number): number {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const times = tasks.map((task) =>
      Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]),
    );
    return times.reduce((sum, time) => sum + time, 0) / 1e6;
  } catch {
    return Number.NaN;
  }
}

function settingOf(settings: Readonly<Record<string, unknown>>, section: string | undefined): unknown {
  let value: unknown = settings;
  for (const part of (section ?? "").split(".").filter((each) => each !== ""))
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[part];
  return value ?? null;
}

/** Resident megabytes of a process and those it started; not a number without /proc. */
function memoryOf(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
    return Number(kilobytes) / 1000 + children.reduce((sum, child) => sum + memoryOf(child), 0);
  } catch {
    return Number.NaN;
  }
}
