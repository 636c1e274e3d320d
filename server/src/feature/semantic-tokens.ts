import { SemanticTokensBuilder, SemanticTokensRequest } from "vscode-languageserver";
import { semanticTokens as tokensIn } from "#ide";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../token-legend.ts";
import type { Feature } from "./feature.ts";
import { rangeAt } from "./place.ts";

/** What the words of charmcraft.yaml mean to the mesh. */
export const semanticTokens: Feature = (serving) =>
  serving.standard(SemanticTokensRequest.type, (snapshot, { textDocument }) => {
    const path = snapshot.names.pathOf(textDocument.uri);
    if (path === null) return null;
    const builder = new SemanticTokensBuilder();
    for (const { location, type, modifiers } of tokensIn(snapshot.analysis, path)) {
      const { start, end } = rangeAt(snapshot, location);
      // A name over several lines is none, and a token can't be.
      if (start.line !== end.line) continue;
      const bits = modifiers.reduce((sum, modifier) => sum | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
      builder.push(start.line, start.character, end.character - start.character, TOKEN_TYPES.indexOf(type), bits);
    }
    const tokens = builder.build();
    return tokens.data.length === 0 ? null : tokens;
  });
