import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type * as Textmate from "vscode-textmate";
import { parse } from "yaml";
import { filesBelow, root } from "../tidy/source-tree.ts";

const require = createRequire(import.meta.url);
const textmate = require("vscode-textmate") as typeof Textmate;
const oniguruma = require("vscode-oniguruma") as typeof import("vscode-oniguruma");

/** One token: what it says and the scopes on it, the outermost first. */
export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

let loaded: Promise<void> | null = null;

/** A tokenizer for one host language, with or without our injections. */
export async function tokenizer(scope: string, withOurs: boolean): Promise<(text: string) => Token[][]> {
  loaded ??= oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  await loaded;
  const sources = new Map<string, object>();
  for (const file of filesBelow("syntaxes", /\.yaml$/)) {
    const grammar = parse(readFileSync(path.join(root, file), "utf8")) as { scopeName: string };
    sources.set(grammar.scopeName, grammar);
  }
  for (const name of ["python", "yaml"]) {
    const grammar = JSON.parse(readFileSync(path.join(root, `node_modules/tm-grammars/grammars/${name}.json`), "utf8"));
    sources.set(grammar.scopeName, grammar);
  }
  const injections: Record<string, string[]> = {
    "source.yaml": ["charm-mesh.injection.yaml"],
    "source.python": ["charm-mesh.injection.python"],
  };
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (name: string) => (sources.get(name) as Textmate.IRawGrammar | undefined) ?? null,
    getInjections: (name: string) => (withOurs ? injections[name] : undefined),
  });
  const grammar = await registry.loadGrammar(scope);
  if (!grammar) throw new Error(`no grammar for ${scope}`);
  return (text) => {
    let state = textmate.INITIAL;
    return text.split("\n").map((line) => {
      const result = grammar.tokenizeLine(line, state);
      state = result.ruleStack;
      return result.tokens.map((token) => ({
        text: line.slice(token.startIndex, token.endIndex),
        scopes: token.scopes,
      }));
    });
  };
}

/** The words that carry a scope of ours, as `word: scope`, in their order. */
export function ours(lines: readonly (readonly Token[])[]): string[] {
  return lines.flat().flatMap((token) => {
    const own = token.scopes.filter((scope) => scope.endsWith(".charm-mesh"));
    return own.length > 0 ? [`${token.text}: ${own.join(" ")}`] : [];
  });
}

/** Per character, the host's scopes alone: what is left when ours are taken away. */
export function hostScopes(lines: readonly (readonly Token[])[]): string[] {
  return lines.map((line) =>
    line
      .flatMap((token) => {
        const host = token.scopes.filter((scope) => !/charm-mesh/.test(scope)).join(" ");
        return Array.from({ length: token.text.length }, () => host);
      })
      .join("|"),
  );
}
