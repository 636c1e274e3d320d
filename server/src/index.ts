/** The server's body, for its doors. */
export type { FileContent, FileHost, Host, OtherState, StateHost } from "./host.ts";
export { startServer } from "./server.ts";
