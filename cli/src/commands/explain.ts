import type { Command } from "commander";
import { type DenialLog, denialDirectory, denialReader, type ExplainedDenial, explainedDenials } from "#mesh";
import { denialsMarkdown } from "#picture";
import { type DeploymentOptions, openedDeployment, withDeploymentOptions } from "../deployment.ts";
import { EXIT, Failure } from "../failure.ts";
import { readLogLines } from "../log-lines.ts";
import { choice, jsonText } from "../output.ts";
import { denialsText } from "../report/denials-text.ts";
import { reasonReport } from "../report/policies-json.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["text", "json", "markdown"] as const;

interface ExplainOptions extends DeploymentOptions {
  readonly format: (typeof FORMATS)[number];
}

/** Adds `explain`: from the access log of a proxy to the line of a charm that causes a denial. */
export function addExplain(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  const command = program
    .command("explain [file] [paths...]")
    .description(
      "explain the denied requests in an access log of ztunnel, a waypoint or a gateway (file: -, standard input)",
    )
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "text");
  withDeploymentOptions(
    command,
    "the deployment: juju status (its addresses resolve those in a log), bundle, mesh-topology.yaml, terraform show -json; inferred; or - for standard input",
  )
    .addHelpText(
      "after",
      "\nExamples:\n  kubectl logs -n istio-system -l app=ztunnel --tail=-1 > denied.log\n  juju status --format json > status.json\n  charm-mesh explain denied.log . --topology status.json\n  kubectl logs -n cos deploy/cos-beacon-waypoint | charm-mesh explain - . --topology status.json",
    )
    .action(async (file: string | undefined, paths: string[], options: ExplainOptions) => {
      if (file === undefined && process.stdin.isTTY)
        throw new Failure(
          "explain needs a log.",
          "Name a file, or pipe a log to it: kubectl logs … | charm-mesh explain",
        );
      if ((file ?? "-") === "-" && options.topology === "-")
        throw new Failure("The log and --topology can't both be read from standard input.");
      const expectation = await openedDeployment(paths, options, terminal);
      const reader = denialReader(denialDirectory(expectation));
      terminal.progress("reading the log…");
      await readLogLines(file ?? "-", reader);
      terminal.progress(null);
      const log = reader.log();
      const denials = explainedDenials(log.flows, expectation);
      switch (options.format) {
        case "json":
          terminal.document(jsonText(report(denials, log)));
          break;
        case "markdown":
          terminal.markup(denialsMarkdown(denials, log));
          break;
        case "text":
          terminal.out(denialsText(denials, log, terminal.paint));
      }
      const unreadable = log.lines > 0 && log.unread === log.lines;
      if (unreadable)
        terminal.err(terminal.paintError("red", "charm-mesh: no line of this log is of a format that explain reads."));
      finish(unreadable ? EXIT.failure : denials.length > 0 ? EXIT.findings : EXIT.fine);
    });
}

/** The JSON of `explain`: contract.md, with the reason and the commands beside it. */
function report(denials: readonly ExplainedDenial[], log: DenialLog): object {
  return {
    version: 1,
    denials: denials.map((denial) => ({
      count: denial.count,
      source: denial.source.label,
      target: denial.target.label,
      port: denial.port,
      method: denial.method,
      path: denial.path,
      at: denial.at,
      expected: denial.expected,
      reason: denial.reason,
      because: denial.because.map(reasonReport),
      nearest: denial.nearest && {
        policy: denial.nearest.effective.resource?.metadata.name ?? denial.nearest.effective.id,
        at: denial.nearest.at,
        field: denial.nearest.field,
        text: denial.nearest.text,
      },
      fix: denial.fix,
      checks: denial.checks,
    })),
    lines: log.lines,
    other: log.other,
    unread: log.unread,
    unlisted: log.unlisted,
  };
}
