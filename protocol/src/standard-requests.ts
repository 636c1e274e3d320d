import * as z from "zod/mini";

/*
 * The parameters of standard requests (https://microsoft.github.io/language-server-protocol), as far as the server reads them. What is
 * not named here is kept. A request without them is refused with InvalidParams.
 */

const count = z.number().check(z.minimum(0));
const position = z.object({ line: count, character: count });
const range = z.object({ start: position, end: position });
const textDocument = z.object({ uri: z.string() });
const item = z.looseObject({ uri: z.string(), range, selectionRange: range });

const OF_DOCUMENT = z.looseObject({ textDocument });
const OF_POSITION = z.looseObject({ textDocument, position });
const OF_ITEM = z.looseObject({ item });

/** The shape of the parameters by method. */
export const STANDARD_PARAMS: Readonly<Record<string, z.ZodMiniType>> = {
  "textDocument/hover": OF_POSITION,
  "textDocument/completion": OF_POSITION,
  "textDocument/signatureHelp": OF_POSITION,
  "textDocument/definition": OF_POSITION,
  "textDocument/implementation": OF_POSITION,
  "textDocument/references": z.looseObject({
    textDocument,
    position,
    context: z.looseObject({ includeDeclaration: z.boolean() }),
  }),
  "textDocument/documentHighlight": OF_POSITION,
  "textDocument/prepareRename": OF_POSITION,
  "textDocument/rename": z.looseObject({ textDocument, position, newName: z.string() }),
  "textDocument/prepareCallHierarchy": OF_POSITION,
  "callHierarchy/incomingCalls": OF_ITEM,
  "callHierarchy/outgoingCalls": OF_ITEM,
  "textDocument/documentSymbol": OF_DOCUMENT,
  "workspace/symbol": z.looseObject({ query: z.string() }),
  "textDocument/codeAction": z.looseObject({
    textDocument,
    range,
    context: z.looseObject({ only: z.optional(z.nullable(z.array(z.string()))) }),
  }),
  "textDocument/codeLens": OF_DOCUMENT,
  "codeLens/resolve": z.looseObject({ range }),
  "textDocument/inlayHint": z.looseObject({ textDocument, range }),
  "textDocument/documentLink": OF_DOCUMENT,
  "textDocument/foldingRange": OF_DOCUMENT,
  "textDocument/semanticTokens/full": OF_DOCUMENT,
  "textDocument/diagnostic": OF_DOCUMENT,
  "workspace/executeCommand": z.looseObject({
    command: z.string(),
    arguments: z.optional(z.nullable(z.array(z.unknown()))),
  }),
  "workspace/willRenameFiles": z.looseObject({
    files: z.array(z.looseObject({ oldUri: z.string(), newUri: z.string() })),
  }),
  "workspace/textDocumentContent": z.looseObject({ uri: z.string() }),
};
