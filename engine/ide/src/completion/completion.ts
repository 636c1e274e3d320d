import { type PythonParser, parsePython, type Span, type TextEdit } from "#syntax";
import type { Analysis } from "../analysis/analysis.ts";
import { pythonCompletions } from "./python-completions.ts";
import { yamlCompletions } from "./yaml-completions.ts";

export type CompletionKind = "relation" | "endpoint-key" | "interface" | "method" | "keyword" | "port" | "snippet";

/** One proposal. `insert` is plain text, or a snippet in LSP's syntax where `snippet` is set. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string | null;
  readonly documentation: string | null;
  readonly insert: string;
  readonly snippet: boolean;
  /** What it replaces. */
  readonly span: Span;
  /** Proposals that fit better come first. */
  readonly rank: number;
  readonly additional: readonly TextEdit[];
}

/** Proposals at a cursor; empty where nothing of ours fits, so that other servers have their say. */
export function completions(analysis: Analysis, path: string, offset: number): readonly Completion[] {
  const charm = analysis.charmOf(path);
  const file = charm ? [...charm.charm.files.values()].find((each) => each.path === path) : undefined;
  if (!charm || !file) return [];
  if (path.endsWith(".py")) return pythonCompletions(charm, file, modulesOf(analysis.parser), offset);
  if (file === charm.metadata.file) return yamlCompletions(charm, file, offset);
  return [];
}

function modulesOf(parser: PythonParser): (file: Parameters<typeof parsePython>[1]) => ReturnType<typeof parsePython> {
  return (file) => parsePython(parser, file);
}
