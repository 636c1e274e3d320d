import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import type { GraphView, HostMessage, PanelMessage, StateMessage } from "#protocol";
import { builtMermaid, builtPanel } from "./built-panel.ts";
import { CHROMIUM, CHROMIUM_ARGUMENTS } from "./chromium.ts";
import { stateMessage } from "./state-message.ts";
import { THEMES, type ThemeName } from "./themes.ts";

/** The policy of the real panel's page (client/src/panel/html.ts), with this server as the source of local files. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'nonce-harness'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src blob:",
].join("; ");

/** Policies of pages on which the drawing script can't run in a worker, or not at all. */
const POLICIES = {
  strict: CONTENT_POLICY,
  "no-workers": CONTENT_POLICY.replace("worker-src blob:", "worker-src 'none'"),
  "no-drawing": CONTENT_POLICY.replace("worker-src blob:", "worker-src 'none'").replace("'nonce-harness'", "'self'"),
} as const;

export type PolicyName = keyof typeof POLICIES;

/** What stands for VS Code: theme, an API that keeps what the panel sends, and its state, the latter over reloads. */
function fakeHost(theme: ThemeName): string {
  return `
  const { classes, variables } = ${JSON.stringify(THEMES[theme])};
  for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty("--vscode-" + name, value);
  document.body.className = classes;
  window.sent = [];
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile + ":" + event.lineNumber));
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => {
      window.sent.push(message);
      window.answer?.(message);
    },
    getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null") ?? undefined,
    setState: (state) => sessionStorage.setItem("state", JSON.stringify(state)),
  });
`;
}

const PAGE = (theme: ThemeName) => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="UTF-8"><title>Mesh Traffic Graph</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/webview.css"></head>
<body><script nonce="harness" src="/host-${theme}.js"></script><script nonce="harness" src="/webview.js" data-mermaid="/mermaid-view.js"></script></body></html>`;

export { stateMessage } from "./state-message.ts";

export interface PanelPage {
  readonly page: Page;
  /** Posts a message as the host does. */
  post(message: HostMessage | unknown): Promise<void>;
  /** Posts a state with this graph and waits until it is drawn. */
  draw(graph: GraphView, more?: Partial<StateMessage>): Promise<void>;
  /** Waits until the picture has so many nodes. */
  drawn(nodes: number): Promise<void>;
  sent<Type extends PanelMessage["type"]>(type: Type): Promise<Extract<PanelMessage, { type: Type }>[]>;
  violations(): Promise<string[]>;
  theme(name: ThemeName): Promise<void>;
  /** Loads the page anew, as a reload of the window does. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: ThemeName;
  readonly policy?: PolicyName;
  /** Another page of the server. */
  readonly path?: string;
  readonly reducedMotion?: boolean;
  readonly colorScheme?: "light" | "dark";
  /** A script that the page runs before its own. A function `window.answer` of it hears what the panel sends. */
  readonly before?: string;
}

export interface Harness {
  readonly browser: Browser;
  open(options?: OpenOptions): Promise<PanelPage>;
  /** Puts a page of its own on the server. */
  serve(path: string, html: string): void;
  close(): Promise<void>;
}

/** A browser with the built panel on a page like the one that VS Code gives it. */
export async function harness(): Promise<Harness> {
  const { script, style } = await builtPanel();
  const own = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const html = own.get(url.pathname);
    const send = (type: string, body: string) => response.setHeader("content-type", `${type}; charset=utf-8`).end(body);
    if (html !== undefined) send("text/html", html);
    else if (url.pathname === "/webview.js") send("text/javascript", script);
    else if (url.pathname === "/webview.css") send("text/css", style);
    else if (url.pathname === "/mermaid-view.js")
      void builtMermaid().then((mermaid) => send("text/javascript", mermaid));
    else if (url.pathname.startsWith("/host-")) {
      const theme = url.pathname.slice("/host-".length, -".js".length) as ThemeName;
      send("text/javascript", fakeHost(theme));
    } else if (url.pathname === "/") {
      const policy = POLICIES[(url.searchParams.get("policy") ?? "strict") as PolicyName];
      response.setHeader("content-security-policy", policy);
      send("text/html", PAGE((url.searchParams.get("theme") ?? "dark") as ThemeName));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
  return {
    browser,
    serve: (path, html) => void own.set(path, html),
    close: async () => {
      await browser.close();
      server.close();
    },
    open: async ({ width = 1400, height = 900, theme = "dark", policy = "strict", path = "/", ...more } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        acceptDownloads: true,
        reducedMotion: more.reducedMotion ? "reduce" : "no-preference",
        colorScheme: more.colorScheme ?? "dark",
      });
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const opened = await context.newPage();
      opened.on("pageerror", (error) => {
        throw error;
      });
      if (more.before !== undefined) await opened.addInitScript({ content: more.before });
      await opened.goto(`${origin}${path}${path === "/" ? `?theme=${theme}&policy=${policy}` : ""}`);
      if (path === "/") await started(opened);
      return panelPage(opened);
    },
  };
}

/** The panel listens a frame after its script ran, and says so. A host waits for this as well. */
async function started(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    (window as unknown as { sent: PanelMessage[] }).sent.some(({ type }) => type === "ready"),
  );
}

function panelPage(page: Page): PanelPage {
  const drawn = async (nodes: number) => {
    await page.waitForFunction((count) => document.querySelectorAll("svg.picture .node").length === count, nodes, {
      timeout: 30_000,
    });
  };
  const post = (message: unknown) => page.evaluate((data) => window.postMessage(data, "*"), message);
  return {
    page,
    post,
    drawn,
    draw: async (graph, more) => {
      const drawings = () => Number(document.querySelector("svg.picture")?.getAttribute("data-drawings") ?? 0);
      const before = await page.evaluate(drawings);
      await post(stateMessage(graph, more));
      await page.waitForFunction(
        (count) => Number(document.querySelector("svg.picture")?.getAttribute("data-drawings") ?? 0) > count,
        before,
        { timeout: 30_000 },
      );
    },
    sent: (type) =>
      page.evaluate(
        (wanted) => (window as unknown as { sent: PanelMessage[] }).sent.filter((one) => one.type === wanted),
        type,
      ) as never,
    violations: () => page.evaluate(() => (window as unknown as { violations: string[] }).violations),
    theme: (name) =>
      page.evaluate(({ classes, variables }) => {
        document.body.className = classes;
        document.documentElement.removeAttribute("style");
        for (const [key, value] of Object.entries(variables))
          document.documentElement.style.setProperty(`--vscode-${key}`, value);
      }, THEMES[name]),
    reload: async () => {
      await page.reload();
      await started(page);
    },
    close: () => page.context().close(),
  };
}
