import { graphTable, mermaidText, type SceneColours, svgText } from "#picture";
import type { ExportKind, GraphView } from "#protocol";
import { pngBase64 } from "../export/png-file.ts";
import type { Scene } from "../picture/scene.ts";
import { graphSummary } from "../view/wording.ts";

/** What can be exported. */
export interface ExportSource {
  /** All of the graph. */
  readonly graph: GraphView;
  /** Without what is hidden. */
  readonly visible: GraphView;
  /** What is drawn, with groups and lines of several flows. */
  readonly drawn: GraphView;
  readonly scene: Scene | null;
  /** Those of the theme. */
  readonly colours: SceneColours;
  readonly fontFamily: string;
}

/** The content of an exported file: text, or base64 for PNG. Rejects with a sentence where there is nothing to export. */
export async function exported(kind: ExportKind, source: ExportSource): Promise<string> {
  switch (kind) {
    case "svg":
      return svgOf(source);
    case "png": {
      const svg = svgOf(source);
      const [, width = "1", height = "1"] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
      return pngBase64(svg, Number(width), Number(height));
    }
    case "mermaid":
      return mermaidText(source.drawn, { edgeIds: false });
    case "markdown":
      return markdownOf(source);
    case "yaml":
      return manifestsOf(source.visible);
    case "json":
      return `${JSON.stringify(source.graph, null, 2)}\n`;
  }
}

function svgOf({ scene, visible, colours, fontFamily }: ExportSource): string {
  if (!scene) throw new Error("There is no picture to export yet.");
  return svgText(scene.shapes, { title: `Traffic graph: ${graphSummary(visible)}`, colours, fontFamily });
}

/** The picture as Mermaid and the flows as a table. */
function markdownOf({ drawn, visible }: ExportSource): string {
  return ["```mermaid", mermaidText(drawn, { edgeIds: false }).trimEnd(), "```", "", graphTable(visible)].join("\n");
}

/** All manifests as one YAML stream, as `kubectl apply -f -` takes it. */
function manifestsOf(graph: GraphView): string {
  const manifests = graph.policies.flatMap((policy) => (policy.manifest === null ? [] : [policy.manifest.trimEnd()]));
  if (manifests.length === 0) throw new Error("No policy of this graph becomes an AuthorizationPolicy.");
  return `${manifests.join("\n---\n")}\n`;
}
