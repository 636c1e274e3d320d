import type { Command } from "commander";
import type { EffectivePolicies, Topology } from "#mesh";
import { type DeploymentOptions, openedDeployment, withDeploymentOptions } from "../deployment.ts";
import { EXIT } from "../failure.ts";
import { choice, jsonText } from "../output.ts";
import { policiesReport } from "../report/policies-json.ts";
import { policiesTable } from "../report/policies-table.ts";
import { policiesYaml } from "../report/policies-yaml.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["table", "yaml", "json"] as const;

interface PoliciesOptions extends DeploymentOptions {
  readonly format: (typeof FORMATS)[number];
  readonly includeUncertain?: boolean;
}

/** Adds `policies`: the effective policies of the deployment, down to the AuthorizationPolicy. */
export function addPolicies(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  const command = program
    .command("policies [paths...]")
    .description("work out the policies that will be applied")
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "table")
    .option("--include-uncertain", "with --format yaml: also write policies of which not all is known");
  withDeploymentOptions(command)
    .addHelpText(
      "after",
      "\nExamples:\n  charm-mesh policies\n  charm-mesh policies . --topology status.json --mesh hardened=true\n  charm-mesh policies --format yaml | kubectl diff -f -\n  juju status --format json | charm-mesh policies -t -",
    )
    .action(async (paths: string[], options: PoliciesOptions) => {
      const { topology, effective } = await openedDeployment(paths, options, terminal);
      if (options.format === "table")
        terminal.out(policiesTable(topology, effective, terminal.paint, terminal.columns));
      else terminal.document(document(topology, effective, options));
      finish(EXIT.fine);
    });
}

function document(
  topology: Topology,
  effective: EffectivePolicies,
  { format, includeUncertain = false }: PoliciesOptions,
): string {
  if (format === "json") return jsonText(policiesReport(topology, effective));
  return policiesYaml(topology, effective, includeUncertain);
}
