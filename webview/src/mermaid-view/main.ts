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
      flowchart: { htmlLabels: false },
      maxTextSize: 1_000_000,
      maxEdges: 5_000,
    });
    count += 1;
    const id = `mermaid-picture-${count}`;
    const styles = new CSSStyleSheet();
    document.adoptedStyleSheets.push(styles);
    try {
      const first = await mermaid.render(id, text);
      // The policy keeps the page from applying the picture's own style element, and mermaid measures texts on the page. With the same
      // rules as a style sheet of the page the second picture has its real sizes.
      styles.replaceSync(/<style>([^<]*)<\/style>/.exec(first.svg)?.[1] ?? "");
      return (await mermaid.render(id, text)).svg;
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== styles);
      document.getElementById(`d${id}`)?.remove();
    }
  },
};

window.charmMeshMermaid = renderer;
