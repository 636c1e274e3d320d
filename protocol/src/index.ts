/** The public face of the protocol room: all that crosses a wire. */
export * from "./graph-view.ts";
