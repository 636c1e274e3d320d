/** The public face of the picture room: graphs as plain data and as text. Free of IO; the webview uses it too. */

export { type CollapseOptions, collapsedView, DEFAULT_NODE_LIMIT } from "./collapse/collapsed-view.ts";
export { type FilterMatches, foundIn, viewWithout } from "./filter/find-and-hide.ts";
export { type FilterContext, filterContext } from "./filter/operand.ts";
export { type FilterError, type GraphFilter, type ParsedFilter, parseFilter } from "./filter/parse-filter.ts";
export { mermaidLabel, shortened } from "./mermaid/label.ts";
export {
  edgeLines,
  type MermaidOptions,
  type MermaidPicture,
  mermaidPicture,
  mermaidText,
  nodeLines,
} from "./mermaid/mermaid-text.ts";
export { EDGE_STYLES, type EdgeStyle, edgeStyle } from "./style/edge-style.ts";
export { NODE_STYLES, type NodeStyle, nodeStyle } from "./style/node-style.ts";
