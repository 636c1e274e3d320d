import type { Command } from "commander";
import { consequences } from "#mesh";
import { EXIT, Failure } from "../failure.ts";
import { MESH_SWITCHES, meshMode, tlsOption } from "../mesh-option.ts";
import { choice, collected, jsonText } from "../output.ts";
import { changesReport } from "../report/changes-json.ts";
import { changesMarkdown, linkPrefix } from "../report/changes-markdown.ts";
import { changesSarif } from "../report/changes-sarif.ts";
import { changesText } from "../report/changes-text.ts";
import { namedState } from "../state.ts";
import type { Terminal } from "../terminal.ts";
import { namedTopology } from "../topology-option.ts";
import { VERSION } from "../version.ts";

const FORMATS = ["text", "json", "markdown", "sarif"] as const;

interface DiffOptions {
  readonly format: (typeof FORMATS)[number];
  readonly topology?: string;
  readonly mesh?: readonly string[];
  readonly tls?: string;
  readonly exitCode?: boolean;
  readonly linksBefore?: string;
  readonly linksAfter?: string;
  readonly refs?: boolean;
  readonly folder?: boolean;
}

/** Adds `diff`: what a change opens or closes, by meaning. */
export function addDiff(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command("diff <base> [head]")
    .description(
      "compare the policies of two states, each a git ref or a folder written as ./x or /x (head: the working tree)",
    )
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "text")
    .option("-t, --topology <file>", "one topology for both states (default: each state's own)")
    .option("--mesh <switches>", MESH_SWITCHES, collected)
    .option("--tls <boolean>", "whether the clusters have certificates")
    .option(
      "--links-before <url>",
      "what links to the base's files begin with in Markdown (default: relative)",
      linkPrefix,
    )
    .option("--links-after <url>", "the same for the head's files", linkPrefix)
    .option("--refs", "take BASE and HEAD for git refs, whatever files are called")
    .option("--folder", "take BASE and HEAD for folders, however they are written")
    .option("--exit-code", "exit with 1 when there are differences")
    .addHelpText(
      "after",
      '\nExamples:\n  charm-mesh diff origin/main\n  charm-mesh diff v1 v2 --format json\n  charm-mesh diff ../before ../after --exit-code\n  charm-mesh diff origin/main --format markdown >> "$GITHUB_STEP_SUMMARY"',
    )
    .action(async (baseName: string, headName: string | undefined, options: DiffOptions) => {
      if (options.refs && options.folder) throw new Failure("--refs and --folder exclude each other.");
      terminal.progress("reading both states…");
      const shared = {
        base: process.cwd(),
        words: options.refs ? ("refs" as const) : options.folder ? ("folders" as const) : ("any" as const),
        topology: options.topology === undefined ? null : await namedTopology(options.topology),
        mode: (own: Parameters<typeof meshMode>[1]) => meshMode(options.mesh, own),
        tls: tlsOption(options.tls),
      };
      const [before, after] = await Promise.all([namedState(baseName, shared), namedState(headName ?? null, shared)]);
      terminal.progress(null);
      for (const { label, leftOut } of [before, after])
        for (const sentence of leftOut) terminal.err(terminal.paintError("yellow", `${label}: ${sentence}`));
      const changes = consequences(before, after);
      switch (options.format) {
        case "json":
          terminal.document(jsonText(changesReport(changes)));
          break;
        case "markdown":
          terminal.markup(
            changesMarkdown(changes, before, after, {
              before: options.linksBefore ?? "",
              after: options.linksAfter ?? "",
            }),
          );
          break;
        case "sarif":
          terminal.document(jsonText(changesSarif(changes, VERSION)));
          break;
        case "text":
          terminal.out(changesText(changes, before, after, terminal.paint));
      }
      finish(options.exitCode === true && changes.length > 0 ? EXIT.findings : EXIT.fine);
    });
}
