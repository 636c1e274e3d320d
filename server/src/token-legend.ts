import type { SemanticTokensLegend } from "vscode-languageserver";
import type { TokenModifier, TokenType } from "#ide";

// Part of what is loaded before the client has its answer to `initialize`: names only, nothing of the engine.

/** The kinds of words in the order in which tokens count them. */
export const TOKEN_TYPES: readonly TokenType[] = ["property", "interface", "namespace"];

/** What may be said about a word, each a bit in this order. */
export const TOKEN_MODIFIERS: readonly TokenModifier[] = ["declaration", "mesh", "guarded"];

/** The same in LSP's form. */
export const TOKEN_LEGEND: SemanticTokensLegend = {
  tokenTypes: [...TOKEN_TYPES],
  tokenModifiers: [...TOKEN_MODIFIERS],
};

/** The files that have tokens. Others stay out of it, so that no editor asks here in the place of a Python server. */
export const TOKEN_FILES = "**/{charmcraft,metadata}.yaml";
