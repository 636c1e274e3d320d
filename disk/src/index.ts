/** The public face of the disk room: a workspace on disk as values for the engine. Node only. */
export { leftOut } from "./contents.ts";
export { type GitWorkspace, readGitWorkspace } from "./git.ts";
export { isWithin, linkBounds } from "./link-bounds.ts";
export { readableStack } from "./readable-stack.ts";
export { decodedText, failureText, SIZE_LIMIT, type TextFile, type TextFileOptions, textFile } from "./text-file.ts";
export { type DiskProblem, slashed, type Walk, walk } from "./walk.ts";
export { type DiskWorkspace, type ReadOptions, readWorkspace } from "./workspace.ts";
