import type * as z from "zod";
import type { SourceFile } from "#syntax";
import type { TopologyProblem } from "../topology.ts";
import { documentsOf } from "./documents.ts";
import { type Draft, draftOf } from "./draft.ts";
import { salvaged } from "./salvaged.ts";

export interface ReadPart<T> {
  readonly draft: Draft;
  readonly value: T | null;
  readonly problems: readonly TopologyProblem[];
}

/** The first document of a file through a schema, with the syntax problems in front. */
export function readFirst<T>(file: SourceFile, schema: z.ZodType<T>): ReadPart<T> {
  const [first] = readAll(file, schema);
  if (first) return first;
  const draft = draftOf(file, null);
  const message = "The file is empty.";
  return { draft, value: null, problems: [{ code: "unreadable-topology", message, location: draft.at([]) }] };
}

/** Every document of a file through a schema; documents with nothing in them are left out. */
export function readAll<T>(file: SourceFile, schema: z.ZodType<T>): readonly ReadPart<T>[] {
  return documentsOf(file).flatMap(({ root, problems }) => {
    if (root === null && problems.length === 0) return [];
    const draft = draftOf(file, root);
    const broken = problems.map(
      (problem): TopologyProblem => ({
        code: "unreadable-file",
        message: problem.message,
        location: { file, span: problem.span },
      }),
    );
    if (root === null) return [{ draft, value: null, problems: broken }];
    const read = salvaged(schema, draft);
    return [{ draft, value: read.value, problems: [...broken, ...read.problems] }];
  });
}
