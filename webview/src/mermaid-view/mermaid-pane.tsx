import { useEffect, useMemo, useState } from "preact/hooks";
import { mermaidText } from "#picture";
import type { GraphView } from "#protocol";
import { CopiedText } from "../details/policy-list.tsx";
import type { MermaidRenderer } from "./renderer.ts";

interface MermaidPaneProps {
  /** The graph as it is drawn, with groups and lines of several flows. */
  readonly graph: GraphView;
  /** null: the page can't load mermaid, and shows the text alone. */
  readonly renderer: MermaidRenderer | null;
  readonly copy: (text: string) => void;
}

type Drawn =
  | { readonly kind: "drawing" }
  | { readonly kind: "picture"; readonly address: string }
  | { readonly kind: "error"; readonly text: string };

/** The graph as Mermaid text, and the picture that GitHub draws of that text. */
export function MermaidPane({ graph, renderer, copy }: MermaidPaneProps) {
  const text = useMemo(() => mermaidText(graph, { edgeIds: false }), [graph]);
  const [drawn, setDrawn] = useState<Drawn>({ kind: "drawing" });
  useEffect(() => {
    if (!renderer) return;
    let wanted = true;
    renderer.render(text, document.body.classList.contains("vscode-dark")).then(
      (svg) => {
        // As an image the SVG can run nothing and load nothing, and brings its own styles past the page's policy.
        if (wanted)
          setDrawn({ kind: "picture", address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` });
      },
      (error: unknown) => {
        if (wanted) setDrawn({ kind: "error", text: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      wanted = false;
    };
  }, [text, renderer]);
  return (
    <div class="mermaid-pane">
      <CopiedText label="Mermaid text" what="the Mermaid text" text={text} copy={copy} />
      {renderer ? <DrawnView drawn={drawn} /> : null}
    </div>
  );
}

function DrawnView({ drawn }: { readonly drawn: Drawn }) {
  switch (drawn.kind) {
    case "drawing":
      return (
        <p class="quiet" role="status">
          Drawing…
        </p>
      );
    case "picture":
      return (
        <div class="mermaid-picture" tabIndex={0} role="region" aria-label="The picture on GitHub">
          <img src={drawn.address} alt="The traffic graph as GitHub draws its Mermaid text" />
        </div>
      );
    case "error":
      return <p class="field-error">mermaid can't draw this text: {drawn.text.slice(0, 500)}</p>;
  }
}
