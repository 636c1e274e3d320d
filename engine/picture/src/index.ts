/** The public face of the picture room: graphs as plain data and as text. Free of IO; the webview uses it too. */

export { collapsedView } from "./collapse/collapsed-view.ts";
export { type DrawnEdge, type DrawnView, flowsOf } from "./collapse/drawn-edge.ts";
export { dotText } from "./dot/dot-text.ts";
export { filterCompletions } from "./filter/completions.ts";
export { foundIn, viewWithout } from "./filter/find-and-hide.ts";
export { type ParsedFilter, parseFilter } from "./filter/parse-filter.ts";
export { type LayoutJson, laidOutView, layoutJson } from "./layout/laid-out.ts";
export { estimatedTextWidth } from "./layout/text-styles.ts";
export { shortened } from "./mermaid/label.ts";
export { type MermaidPicture, mermaidPicture, mermaidText } from "./mermaid/mermaid-text.ts";
export { standaloneHtml } from "./page/standalone-html.ts";
export { changeCounts, changeCountText, changeSentence } from "./report/change-words.ts";
export { denialHeadline, denialLogSummary, requestWords } from "./report/denial-words.ts";
export { denialsMarkdown } from "./report/denials-markdown.ts";
export { pictureScene } from "./scene/picture-scene.ts";
export { svgText } from "./scene/svg-text.ts";
export { EDGE_STYLES, type EdgeStyle, edgeStyle, verdictSign } from "./style/edge-style.ts";
export { NODE_STYLES, nodeStyle } from "./style/node-style.ts";
export { alignedLines } from "./table/aligned-lines.ts";
export { grantLines } from "./table/grant-lines.ts";
export { graphTable, markdownText } from "./table/markdown-table.ts";
export { POLICY_COLUMNS, policyRows } from "./table/policy-rows.ts";
export { graphView, policyView } from "./view/graph-view.ts";
export { manifestText } from "./view/manifest-text.ts";
