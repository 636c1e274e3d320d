import { graphTable, mermaidText } from "#picture";
import type { ExportKind, GraphView } from "#protocol";
import { pngBase64 } from "../export/png-file.ts";
import { svgFile } from "../export/svg-file.ts";
import { markScene } from "../picture/marked.ts";
import type { Scene } from "../picture/scene.ts";
import { graphSummary } from "../view/wording.ts";
import { NO_MARKS } from "./panel-state.ts";

/** What there is to export. */
export interface ExportSource {
  /** All of the graph. */
  readonly graph: GraphView;
  /** What is shown of it: without what is hidden. */
  readonly visible: GraphView;
  /** What is drawn of it: with its groups. */
  readonly drawn: GraphView;
  readonly scene: Scene | null;
  readonly background: string;
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

function svgOf({ scene, visible, background }: ExportSource): string {
  if (!scene) throw new Error("There is no picture to export yet.");
  // The file shows the picture as such: nothing chosen, nothing stepped back. The panel marks its own again when it next shows.
  markScene(scene, { selected: null, found: null, pointed: NO_MARKS });
  return svgFile(scene.root, scene, `Traffic graph: ${graphSummary(visible)}`, background);
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
