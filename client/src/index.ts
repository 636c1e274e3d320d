/** The client's body, for its doors. */

export { activateExtension } from "./extension.ts";
export { CLIENT_ID, CLIENT_NAME } from "./platform.ts";
