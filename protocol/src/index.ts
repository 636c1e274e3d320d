/** The public face of the protocol room: all that crosses a wire. */
export * from "./documents.ts";
export * from "./graph-options.ts";
export * from "./graph-view.ts";
export * from "./panel.ts";
export * from "./reach.ts";
export * from "./requests.ts";
export * from "./standard-requests.ts";
export * from "./tree.ts";
