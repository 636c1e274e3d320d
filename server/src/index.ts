/** The server, for Node and for the browser. What they load first is in start.ts, without the engine. */
export type { FileContent, PlatformFiles, PlatformStates } from "./platform.ts";
export { serveClient } from "./serve-client.ts";
export { startServer } from "./start.ts";
