import type { PyValue } from "#mesh";
import { isDict, isList } from "../../engine/mesh/src/policy/python/value.ts";
import { canonicalText, pyShape } from "./json-shape.ts";
import { KINDS } from "./kinds.ts";
import { jsonText } from "./library/json-text.ts";
import { jsonValue } from "./library/json-value.ts";

export interface VectorResult {
  readonly id: string;
  readonly about: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly got: string;
}

/** The results of one vector file, or why it is none. */
export type VectorFile = { readonly results: readonly VectorResult[] } | { readonly unreadable: string };

/** Runs all cases of a vector file's text through the engine. */
export function vectorFile(content: string): VectorFile {
  const parsed = jsonValue(content);
  if ("error" in parsed) return { unreadable: parsed.error.message };
  const file = parsed.value;
  const kind = isDict(file) ? file.get("kind") : null;
  const cases = isDict(file) ? file.get("cases") : null;
  const answer = typeof kind === "string" && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (answer === undefined) return { unreadable: `unknown kind ${jsonText(kind ?? null)}` };
  if (!isList(cases ?? null)) return { unreadable: "it has no list of cases" };
  return { results: (cases as readonly PyValue[]).map((entry, index) => vectorResult(answer, entry, index)) };
}

function vectorResult(answer: (input: PyValue) => unknown, entry: PyValue, index: number): VectorResult {
  const part = (key: string) => (isDict(entry) ? (entry.get(key) ?? null) : null);
  const id = part("id");
  const expected = part("output");
  const got = answered(answer, part("input"));
  return {
    id: typeof id === "string" ? id : `case ${index + 1}`,
    about: String(part("about") ?? ""),
    passed: typeof got !== "object" || got === null || !("crash" in got) ? same(expected, got) : false,
    expected: canonicalText(expected),
    got: typeof got === "object" && got !== null && "crash" in got ? String(got.crash) : canonicalText(got as PyValue),
  };
}

function same(expected: PyValue, got: unknown): boolean {
  return canonicalText(expected) === canonicalText(got as PyValue);
}

/** A runner's own fault, or a case of another shape, fails that case and not the run. */
function answered(answer: (input: PyValue) => unknown, input: PyValue): PyValue | { readonly crash: string } {
  try {
    return pyShape(answer(input));
  } catch (error) {
    return { crash: `no answer: ${error instanceof Error ? error.message : String(error)}` };
  }
}
