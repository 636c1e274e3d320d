/** The public face of the disk room: a workspace on disk as values for the engine. Node only. */
export { leftOut } from "./contents.ts";
export type { GitWorkspace } from "./git.ts";
export { isWithin, linkBounds } from "./link-bounds.ts";
export { pageParts } from "./page-parts.ts";
export { readableStack } from "./readable-stack.ts";
export { readState, type StateWords } from "./state.ts";
export { streamText, textFile } from "./text-file.ts";
export { walk } from "./walk.ts";
export { type WholeFile, writeWholeFiles } from "./whole-files.ts";
export { type DiskWorkspace, readWorkspace } from "./workspace.ts";
