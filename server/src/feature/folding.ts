import { FoldingRangeKind, FoldingRangeRequest } from "vscode-languageserver";
import { foldingRanges } from "#ide";
import { fileAt } from "../snapshot.ts";
import type { Feature } from "./feature.ts";

/** Blocks of the YAML files that matter here; all other files keep their editor's folding. */
export const folding: Feature = (serving) =>
  serving.standard(FoldingRangeRequest.type, (snapshot, { textDocument }) => {
    const file = fileAt(snapshot, textDocument.uri);
    const ranges = file && foldingRanges(file);
    return (
      ranges?.map(({ startLine, endLine, kind }) => ({
        startLine,
        endLine,
        ...(kind === "comment" ? { kind: FoldingRangeKind.Comment } : {}),
      })) ?? null
    );
  });
