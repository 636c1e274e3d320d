import type { Command } from "commander";
import { clusterPolicies, type Drift, drift } from "#mesh";
import { type DeploymentOptions, openedDeployment, withDeploymentOptions } from "../deployment.ts";
import { EXIT, Failure } from "../failure.ts";
import { choice, jsonText } from "../output.ts";
import { counted } from "../report/plural.ts";
import { namedFile } from "../session.ts";
import type { Paint, Terminal } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;

interface DriftOptions extends DeploymentOptions {
  readonly format: (typeof FORMATS)[number];
  readonly cluster: string;
}

/** Adds `drift`: the expected policies against those of a cluster. */
export function addDrift(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  const command = program
    .command("drift [paths...]")
    .description("compare the expected policies with kubectl get authorizationpolicies -A -o yaml (or json)")
    .requiredOption("-c, --cluster <file>", "the dump of the cluster; - reads standard input")
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "text");
  withDeploymentOptions(
    command,
    "the deployment: juju status, bundle, mesh-topology.yaml, terraform show -json; inferred; or - for standard input",
  )
    .addHelpText(
      "after",
      "\nExample:\n  kubectl get authorizationpolicies -A -o yaml > cluster.yaml\n  juju status --format json > status.json\n  charm-mesh drift . --topology status.json --cluster cluster.yaml\n  kubectl get authorizationpolicies -A -o json | charm-mesh drift -t status.json --cluster -",
    )
    .action(async (paths: string[], options: DriftOptions) => {
      if (options.cluster === "-" && options.topology === "-")
        throw new Failure("--cluster and --topology can't both be read from standard input.");
      const { effective } = await openedDeployment(paths, options, terminal);
      const dump = await namedFile(options.cluster);
      const [problem] = clusterPolicies(dump).problems;
      if (problem && clusterPolicies(dump).policies.length === 0)
        throw new Failure(`${options.cluster}: ${problem.message}`);
      const found = drift(effective, dump);
      for (const { message } of found.problems)
        terminal.err(terminal.paintError("yellow", `${options.cluster}: ${message}`));
      if (options.format === "json") terminal.document(jsonText(report(found)));
      else terminal.out(lines(found, terminal.paint));
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

function lines(found: Drift, paint: Paint): readonly string[] {
  const differences = [
    ...found.missing.map((policy) => `${paint("red", "missing")} ${policy.resource?.metadata.name ?? policy.id}`),
    ...found.unexpected.map((policy) => `${paint("yellow", "unexpected")} ${policy.name}`),
    ...found.changed.flatMap(({ name, difference }) => [`${paint("yellow", "changed")} ${name}`, `  ${difference}`]),
  ];
  const total = found.missing.length + found.unexpected.length + found.changed.length;
  const closing =
    total === 0 ? paint("green", "The cluster has the expected policies.") : `${counted(total, "difference")}.`;
  return [...differences, closing];
}
