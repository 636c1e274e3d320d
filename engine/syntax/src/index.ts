/** The public face of the syntax room: what other rooms may use. */

export { dependentMemo, memo, once } from "./memo.ts";
export { parsePython } from "./python/module.ts";
export type * from "./python/node.ts";
export { silentEdit } from "./python/silent-edit.ts";
export { requirementInsertion } from "./requirements/insertion.ts";
export { type LockFile, parseLock } from "./requirements/lock.ts";
export { markerHolds } from "./requirements/marker.ts";
export { parsePyproject } from "./requirements/pyproject.ts";
export type * from "./requirements/requirement.ts";
export type * from "./requirements/requirements-file.ts";
export { parseRequirementsTxt } from "./requirements/requirements-txt.ts";
export { admits, satisfies } from "./requirements/version.ts";
export { applyEdits, edited, type FileEdit, type TextEdit } from "./text/edit.ts";
export { lineStarts, offsetAt, type Position, positionAt, type Range, rangeOf } from "./text/line-index.ts";
export type { SyntaxProblem } from "./text/problem.ts";
export { type Location, type SourceFile, sourceFile } from "./text/source-file.ts";
export { encloses, type Span, span, touches } from "./text/span.ts";
export { isVisible, LOG_COMMAND, visibleJson, visibleLines, visibleText } from "./text/visible.ts";
export { parseToml, tomlGet } from "./toml/document.ts";
export type * from "./toml/node.ts";
export { parseYaml, parseYamlDocuments } from "./yaml/document.ts";
export type * from "./yaml/node.ts";
export { yamlText } from "./yaml/text.ts";
export { yamlEntry, yamlGet, yamlTarget } from "./yaml/value.ts";
