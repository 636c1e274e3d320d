/** The server's body, for its doors. What a door loads first stands in start.ts, without the engine. */
export type { FileContent, FileHost, StateHost } from "./host.ts";
export { serveClient } from "./serve-client.ts";
export { startServer } from "./start.ts";
