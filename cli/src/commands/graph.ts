import type { Command } from "commander";
import { pageParts } from "#disk";
import { trafficGraph } from "#mesh";
import {
  dotText,
  estimatedTextWidth,
  graphTable,
  graphView,
  type LayoutJson,
  laidOutView,
  layoutJson,
  mermaidText,
  pictureScene,
  standaloneHtml,
  svgText,
} from "#picture";
import type { GraphView } from "#protocol";
import { type DeploymentOptions, openedDeployment, withDeploymentOptions } from "../deployment.ts";
import { EXIT, Failure } from "../failure.ts";
import { choice, jsonText } from "../output.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["mermaid", "json", "dot", "markdown", "html", "svg"] as const;

/** Forms with escapes of their own. */
const PAGES: readonly string[] = ["json", "svg", "html"];

interface GraphOptions extends DeploymentOptions {
  readonly format: (typeof FORMATS)[number];
  readonly layout?: boolean;
}

/** Adds `graph`: the traffic graph as a picture's source, as data, or as a page of its own. */
export function addGraph(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  const command = program
    .command("graph [paths...]")
    .description("draw who talks to whom, telemetry-proxy paths included")
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "mermaid")
    .option("--layout", "with --format json: where everything stands in the picture");
  withDeploymentOptions(command)
    .addHelpText(
      "after",
      "\nExamples:\n  charm-mesh graph . > graph.mmd\n  charm-mesh graph . --format svg > graph.svg\n  charm-mesh graph . --format html > graph.html\n  charm-mesh graph . --format dot | dot -Tpdf > graph.pdf",
    )
    .action(async (paths: string[], options: GraphOptions) => {
      if (options.layout && options.format !== "json")
        throw new Failure("--layout adds coordinates to the JSON only.", "Use it with --format json.");
      const { models, topology, mode, tls, effective } = await openedDeployment(paths, options, terminal);
      const graph = trafficGraph(models, topology, effective, { mode, ...tls });
      const text = await rendered(graphView(graph, topology, effective, mode), options);
      if (PAGES.includes(options.format)) terminal.document(text);
      else terminal.markup(text);
      finish(EXIT.fine);
    });
}

async function rendered(view: GraphView, { format, layout }: GraphOptions): Promise<string> {
  switch (format) {
    case "json":
      return jsonText(layout ? { ...view, layout: placedJson(view) } : view);
    case "svg":
      return svgPicture(view);
    case "dot":
      return dotText(view);
    case "markdown":
      return graphTable(view);
    case "html":
      return await htmlPage(view);
    case "mermaid":
      // Without ids on edges any Mermaid from version 10 on draws it, GitHub included.
      return mermaidText(view, { edgeIds: false });
  }
}

async function htmlPage(view: GraphView): Promise<string> {
  const parts = await pageParts().catch((missing: Error) => {
    throw new Failure(missing.message);
  });
  return standaloneHtml({ ...parts, view, title: "Charm Mesh" });
}

function placedJson(view: GraphView): LayoutJson {
  const { drawn, picture } = laidOutView(view, estimatedTextWidth);
  if (picture.kind === "refused") throw new Failure(picture.reason);
  return layoutJson(picture, drawn);
}

function svgPicture(view: GraphView): string {
  const { drawn, picture } = laidOutView(view, estimatedTextWidth);
  if (picture.kind === "refused") throw new Failure(picture.reason, "--format markdown writes it as a table.");
  return svgText(pictureScene(picture, drawn), { title: "Traffic graph" });
}
