import type { MermaidConfig } from "mermaid";

/** How mermaid is to draw. Its own style sheet has no effect here; the panel's says how everything looks. */
export const MERMAID_CONFIG: MermaidConfig = {
  startOnLoad: false,
  securityLevel: "strict",
  // A picture that can't be drawn is an error for the panel to tell, and never a picture of mermaid's.
  suppressErrorRendering: true,
  logLevel: "fatal",
  layout: "dagre",
  look: "classic",
  theme: "base",
  htmlLabels: false,
  // More than any collapsed picture has; past mermaid's own limits it would draw a picture of an error.
  maxEdges: 5000,
  maxTextSize: 5_000_000,
  deterministicIds: true,
  flowchart: {
    htmlLabels: false,
    // Passes through the place of its label, as mermaid's own default does not. The same for a picture from top to bottom is monotoneY.
    curve: "monotoneX",
    nodeSpacing: 26,
    rankSpacing: 34,
    padding: 10,
    diagramPadding: 12,
    // Labels are never wrapped (they are short already): mermaid would cut its own entities in two.
    wrappingWidth: 100_000,
    // Below a title there is room for the badge of the application under it.
    subGraphTitleMargin: { top: 4, bottom: 16 },
  },
};
