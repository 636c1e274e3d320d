import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** VS Code without any machine behind it: plain files for a browser, as vscode.dev gives them. */
export interface BrowserOnly {
  readonly address: string;
  /** Every path that the page and its workers asked for. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface BrowserOnlyOptions {
  /** The folder of VS Code's own files (code-server's `lib/vscode`). */
  readonly code: string;
  /** The extension's files by their paths, as its package holds them. */
  readonly extension: ReadonlyMap<string, Buffer>;
  /** The workspace's folder: its name, and the texts of its files by their paths below it. */
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".ttf": "font/ttf",
};

const MEMORY_FOLDER = path.resolve("test/e2e/driver/memory-folder");
const WORKBENCH = "out/vs/code/browser/workbench/workbench";

/** What code-server adds to VS Code's page: every workbench has its machine behind it, and settings lie on that machine's disk. */
const ADDITIONS: readonly (readonly [addition: RegExp, before: string])[] = [
  [/remoteAuthority:location\.host/, "remoteAuthority:undefined"],
  [/(this\.userDataPath\)\.with\(\{scheme:)\w+\.vscodeRemote(\}\),"User"\))/, '$1"vscode-userdata"$2'],
];

/**
 * Serves VS Code's own files on loopback, with no server of VS Code's behind them, and opens it on a folder in the browser's memory.
 * Extensions can run in the page's worker host only: there is no other. What code-server adds for its machine is taken back on the way.
 */
export async function servedBrowserOnly(options: BrowserOnlyOptions): Promise<BrowserOnly> {
  const { code, extension, name, files } = options;
  const asked: string[] = [];
  const memory = Object.fromEntries(Object.entries(files).map(([file, text]) => [`/${name}/${file}`, text]));
  const server = createServer((request, response) => {
    const { pathname, origin } = new URL(request.url ?? "/", `http://${request.headers.host}`);
    asked.push(pathname);
    const [, root = "", ...below] = pathname.split("/").map(decodeURIComponent);
    const file = below.join("/");
    if (root === "") answer(response, ".html", page(options, origin));
    else if (root === "extension") answer(response, path.extname(file), extension.get(file) ?? null);
    else if (pathname === "/memory-folder/files.json") answer(response, ".json", JSON.stringify(memory));
    else if (root === "memory-folder") answer(response, path.extname(file), fileBelow(MEMORY_FOLDER, file));
    else if (pathname === `/code/${WORKBENCH}.js`) answer(response, ".js", withoutMachine(code));
    else answer(response, path.extname(file), root === "code" ? fileBelow(code, file) : null);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function page({ code, name, settings }: BrowserOnlyOptions, origin: string): string {
  const { host } = new URL(origin);
  const extensionAt = (folder: string) => ({ scheme: "http", authority: host, path: folder });
  const configuration = {
    // code-server's workbench asks for these four.
    userDataPath: "/",
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
    folderUri: { scheme: "memory", path: `/${name}` },
    additionalBuiltinExtensions: [extensionAt("/extension"), extensionAt("/memory-folder")],
    webviewEndpoint: `${origin}/code/out/vs/workbench/contrib/webview/browser/pre`,
    configurationDefaults: settings,
    productConfiguration: { enableTelemetry: false },
  };
  const filled: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration).replaceAll('"', "&quot;"),
    WORKBENCH_WEB_BASE_URL: "/code",
    WORKBENCH_NLS_URL: "/code/out/nls.messages.js",
    WORKBENCH_NLS_FALLBACK_URL: "/code/out/nls.messages.js",
  };
  const html = readFileSync(path.join(code, `${WORKBENCH}.html`), "utf8");
  return html.replace(/\{\{(\w+)\}\}/g, (_, hole: string) => filled[hole] ?? "");
}

function withoutMachine(code: string): string {
  return ADDITIONS.reduce(
    (script, [addition, before]) => {
      if (!addition.test(script)) throw new Error(`this code-server has no ${addition} to take back`);
      return script.replace(addition, before);
    },
    readFileSync(path.join(code, `${WORKBENCH}.js`), "utf8"),
  );
}

function fileBelow(folder: string, name: string): Buffer | null {
  const file = path.join(folder, name);
  if (!file.startsWith(folder + path.sep) || !statSync(file, { throwIfNoEntry: false })?.isFile()) return null;
  return readFileSync(file);
}

function answer(response: ServerResponse, ending: string, body: string | Buffer | null): void {
  if (body === null) response.writeHead(404).end();
  else response.writeHead(200, { "Content-Type": TYPES[ending] ?? "application/octet-stream" }).end(body);
}

/** The texts of all files below a folder, by their paths. */
export function textsBelow(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    names.map((name) => [name.split(path.sep).join("/"), readFileSync(path.join(folder, name), "utf8")]),
  );
}
