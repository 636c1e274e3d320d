import type { Command } from "commander";
import { type EffectivePolicies, effectivePolicies, type Topology } from "#mesh";
import { EXIT } from "../failure.ts";
import { meshMode } from "../mesh-option.ts";
import { choice, collected, jsonText } from "../output.ts";
import { policiesReport } from "../report/policies-json.ts";
import { policiesTable } from "../report/policies-table.ts";
import { policiesYaml } from "../report/policies-yaml.ts";
import { openedSession } from "../session.ts";
import { commandLineSettings } from "../settings.ts";
import type { Terminal } from "../terminal.ts";
import { tlsOption } from "../tls-option.ts";
import { chosenTopology } from "../topology-option.ts";

const FORMATS = ["table", "yaml", "json"] as const;

interface PoliciesOptions {
  readonly format: (typeof FORMATS)[number];
  readonly topology?: string;
  readonly mesh?: readonly string[];
  readonly tls?: string;
  readonly includeUncertain?: boolean;
  readonly exclude?: readonly string[];
}

/** Adds `policies`: the effective policies of the deployment, to the very AuthorizationPolicy. */
export function addPolicies(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command("policies [paths...]")
    .description("work out the policies that will be applied")
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "table")
    .option(
      "-t, --topology <file>",
      "mesh-topology.yaml, bundle, juju status, terraform show -json; inferred; or - for standard input",
    )
    .option(
      "--mesh <switches>",
      "hardened, managed, model-on-mesh, auto-allow-waypoint, each =true or =false",
      collected,
    )
    .option("--tls <boolean>", "whether the clusters have certificates (decides the proxy port where it differs)")
    .option("--include-uncertain", "with --format yaml: also write policies of which not all is known")
    .option("--exclude <path>", "leave out what lies at or below this path (again for more)", collected)
    .addHelpText(
      "after",
      "\nExamples:\n  charm-mesh policies\n  charm-mesh policies . --topology status.json --mesh hardened=true\n  charm-mesh policies --format yaml | kubectl diff -f -\n  juju status --format json | charm-mesh policies -t -",
    )
    .action(async (paths: string[], options: PoliciesOptions) => {
      const session = await openedSession(
        paths,
        { settings: commandLineSettings([]), exclude: options.exclude ?? [] },
        terminal,
      );
      const topology = await chosenTopology(session, options.topology, terminal);
      const mode = meshMode(options.mesh, topology.mode);
      const effective = effectivePolicies(session.models, topology, { mode, ...tlsOption(options.tls) });
      const text = rendered(topology, effective, options, terminal);
      if (options.format === "table") terminal.out(text);
      else terminal.document(text);
      finish(EXIT.fine);
    });
}

function rendered(
  topology: Topology,
  effective: EffectivePolicies,
  { format, includeUncertain = false }: PoliciesOptions,
  terminal: Terminal,
): string {
  if (format === "json") return jsonText(policiesReport(topology, effective));
  if (format === "yaml") return policiesYaml(topology, effective, includeUncertain);
  return policiesTable(topology, effective, terminal.paint);
}
