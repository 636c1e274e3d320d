/** The public face of the picture room: graphs as plain data and as text. Free of IO; the webview uses it too. */

export { type CollapseOptions, collapsedView, DEFAULT_NODE_LIMIT } from "./collapse/collapsed-view.ts";
export { type DrawnEdge, type DrawnView, flowsOf } from "./collapse/drawn-edge.ts";
export { dotText } from "./dot/dot-text.ts";
export { type FilterCompletion, filterCompletions } from "./filter/completions.ts";
export { type FilterMatches, foundIn, viewWithout } from "./filter/find-and-hide.ts";
export { type FilterContext, filterContext } from "./filter/operand.ts";
export { type FilterError, type GraphFilter, type ParsedFilter, parseFilter } from "./filter/parse-filter.ts";
export { edgeLines } from "./mermaid/edge-lines.ts";
export { mermaidLabel, shortened } from "./mermaid/label.ts";
export {
  type MermaidOptions,
  type MermaidPicture,
  mermaidPicture,
  mermaidText,
  nodeLines,
} from "./mermaid/mermaid-text.ts";
export { type StandaloneParts, standaloneHtml } from "./page/standalone-html.ts";
export { denialHeadline, denialLogSummary, requestWords } from "./report/denial-words.ts";
export { denialsMarkdown } from "./report/denials-markdown.ts";
export { EDGE_STYLES, type EdgeStyle, edgeStyle, verdictSign } from "./style/edge-style.ts";
export { NODE_STYLES, type NodeStyle, nodeStyle } from "./style/node-style.ts";
export { alignedLines } from "./table/aligned-lines.ts";
export { grantLines } from "./table/grant-lines.ts";
export { GRAPH_COLUMNS, type GraphRow, graphRows } from "./table/graph-rows.ts";
export { graphTable, markdownText } from "./table/markdown-table.ts";
export { POLICY_COLUMNS, policyRows } from "./table/policy-rows.ts";
export { graphView, policyView, reasonViews } from "./view/graph-view.ts";
export { manifestText } from "./view/manifest-text.ts";
export { policySummary } from "./view/policy-summary.ts";
