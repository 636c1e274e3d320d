import * as z from "zod/mini";

/*
 * The notifications of standard LSP that leave something behind in the server: https://microsoft.github.io/language-server-protocol.
 * A request of a wrong shape is refused and forgotten; one of these would be remembered, and fail again at every look at it.
 */

/** Some clients send no version with a change, which LSP does not allow: their text counts all the same. */
const textDocument = z.object({ uri: z.string(), version: z.optional(z.nullable(z.number())) });
const count = z.int().check(z.minimum(0));
const position = z.object({ line: count, character: count });

/** `textDocument/didOpen`. */
export const didOpenSchema = z.object({ textDocument: z.extend(textDocument, { text: z.string() }) });

/** `textDocument/didChange`: each change with a range, or with all of the text. */
export const didChangeSchema = z.object({
  textDocument,
  contentChanges: z.array(
    z.union([
      z.object({ range: z.object({ start: position, end: position }), text: z.string() }),
      z.pipe(
        z.object({ range: z.optional(z.null()), text: z.string() }),
        z.transform(({ text }) => ({ text })),
      ),
    ]),
  ),
});

/** `textDocument/didClose`. */
export const didCloseSchema = z.object({ textDocument: z.object({ uri: z.string() }) });

/** `textDocument/didSave`. */
export const didSaveSchema = z.object({ textDocument: z.object({ uri: z.string() }) });

/** `workspace/didChangeConfiguration`: the settings of clients that push them, with or without the section's name. */
export const didChangeConfigurationSchema = z.object({ settings: z.optional(z.unknown()) });

/** `workspace/didChangeWatchedFiles`. */
export const didChangeWatchedFilesSchema = z.object({ changes: z.array(z.object({ uri: z.string() })) });
