import type { Command } from "commander";
import { clusterPolicies, type Drift, drift, effectivePolicies } from "#mesh";
import { EXIT, Failure } from "../failure.ts";
import { meshMode } from "../mesh-option.ts";
import { choice, collected, jsonText } from "../output.ts";
import { counted } from "../report/plural.ts";
import { namedFile, openedSession } from "../session.ts";
import { commandLineSettings } from "../settings.ts";
import type { Paint, Terminal } from "../terminal.ts";
import { tlsOption } from "../tls-option.ts";
import { chosenTopology } from "../topology-option.ts";

const FORMATS = ["text", "json"] as const;

interface DriftOptions {
  readonly format: (typeof FORMATS)[number];
  readonly cluster: string;
  readonly topology?: string;
  readonly mesh?: readonly string[];
  readonly tls?: string;
  readonly exclude?: readonly string[];
}

/** Adds `drift`: the expected policies against those of a cluster. */
export function addDrift(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command("drift [paths...]")
    .description("compare the expected policies with kubectl get authorizationpolicies -A -o yaml (or json)")
    .requiredOption("-c, --cluster <file>", "the dump of the cluster; - reads standard input")
    .option(
      "-t, --topology <file>",
      "the deployment: juju status, bundle, mesh-topology.yaml, terraform show -json; inferred; or - for standard input",
    )
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "text")
    .option(
      "--mesh <switches>",
      "hardened, managed, model-on-mesh, auto-allow-waypoint, each =true or =false",
      collected,
    )
    .option("--tls <boolean>", "whether the clusters have certificates")
    .option("--exclude <path>", "leave out what lies at or below this path (again for more)", collected)
    .addHelpText(
      "after",
      "\nExample:\n  kubectl get authorizationpolicies -A -o yaml > cluster.yaml\n  juju status --format json > status.json\n  charm-mesh drift . --topology status.json --cluster cluster.yaml\n  kubectl get authorizationpolicies -A -o json | charm-mesh drift -t status.json --cluster -",
    )
    .action(async (paths: string[], options: DriftOptions) => {
      const session = await openedSession(
        paths,
        { settings: commandLineSettings([]), exclude: options.exclude ?? [] },
        terminal,
      );
      const topology = await chosenTopology(session, options.topology, terminal);
      const mode = meshMode(options.mesh, topology.mode);
      const models = session.models;
      if (options.cluster === "-" && options.topology === "-")
        throw new Failure("--cluster and --topology can't both be read from standard input.");
      const dump = await namedFile(options.cluster);
      const [problem] = clusterPolicies(dump).problems;
      if (problem && clusterPolicies(dump).policies.length === 0)
        throw new Failure(`${options.cluster}: ${problem.message}`);
      const found = drift(effectivePolicies(models, topology, { mode, ...tlsOption(options.tls) }), dump);
      for (const { message } of found.problems)
        terminal.err(terminal.paintError("yellow", `${options.cluster}: ${message}`));
      terminal.out(options.format === "json" ? jsonText(report(found)) : text(found, terminal.paint));
      finish(found.missing.length + found.unexpected.length + found.changed.length > 0 ? EXIT.findings : EXIT.fine);
    });
}

/** The JSON of `drift`: contract.md. */
function report(found: Drift): object {
  return {
    version: 1,
    missing: found.missing.map((policy) => policy.resource?.metadata.name ?? policy.id),
    unexpected: found.unexpected.map((policy) => policy.name),
    changed: found.changed.map(({ name, difference }) => ({ name, difference })),
  };
}

function text(found: Drift, paint: Paint): string {
  const lines = [
    ...found.missing.map((policy) => `${paint("red", "missing")} ${policy.resource?.metadata.name ?? policy.id}`),
    ...found.unexpected.map((policy) => `${paint("yellow", "unexpected")} ${policy.name}`),
    ...found.changed.map(({ name, difference }) => `${paint("yellow", "changed")} ${name}\n  ${difference}`),
  ];
  const total = found.missing.length + found.unexpected.length + found.changed.length;
  const closing =
    total === 0 ? paint("green", "The cluster has the expected policies.") : `${counted(total, "difference")}.`;
  return `${[...lines, closing].join("\n")}\n`;
}
