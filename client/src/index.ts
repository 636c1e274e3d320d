/** The client's body, for its doors. */
export { CLIENT_ID, CLIENT_NAME } from "./door.ts";
export { activateExtension } from "./extension.ts";
