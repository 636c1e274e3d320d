/** The neutral part of the client, for its platforms. */

export { activateExtension } from "./extension.ts";
export { CLIENT_ID, CLIENT_NAME } from "./platform.ts";
