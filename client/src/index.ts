/** The client's body, for its doors. */
export { CLIENT_ID, CLIENT_NAME, type Door } from "./door.ts";
export { activateExtension } from "./extension.ts";
