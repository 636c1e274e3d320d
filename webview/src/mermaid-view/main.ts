import mermaid from "mermaid";
import type { MermaidRenderer } from "./renderer.ts";

/*
 * The entry of `mermaid.js`: mermaid as published. A page loads it when the Mermaid view is opened first.
 */

let count = 0;

const renderer: MermaidRenderer = {
  render: async (text, dark) => {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      suppressErrorRendering: true,
      logLevel: "fatal",
      // What GitHub draws with; the defaults of mermaid 12 are others.
      layout: "dagre",
      look: "classic",
      theme: dark ? "dark" : "default",
      // HTML labels would carry inline styles, which the panel's policy forbids.
      htmlLabels: false,
      // A text that mermaid wraps itself would break its entities in two; the labels have their own line breaks.
      flowchart: { htmlLabels: false, wrappingWidth: 100_000 },
      maxTextSize: 1_000_000,
      maxEdges: 5_000,
    });
    count += 1;
    const id = `mermaid-picture-${count}`;
    const styles = new CSSStyleSheet();
    document.adoptedStyleSheets.push(styles);
    try {
      // The policy keeps the page from applying the picture's own style element, but mermaid measures texts on the page. So the rules of a
      // small picture are applied as a style sheet of the page first, and the texts get their real sizes.
      const rehearsal = await mermaid.render(id, "flowchart LR\n  a");
      styles.replaceSync(/<style>([^<]*)<\/style>/.exec(rehearsal.svg)?.[1] ?? "");
      return (await mermaid.render(id, text)).svg;
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== styles);
      document.getElementById(`d${id}`)?.remove();
    }
  },
};

window.charmMeshMermaid = renderer;
