import type { Command } from "commander";
import { authorize, type Flow, type FlowVerdict, type Topology } from "#mesh";
import { type DeploymentOptions, openedDeployment, withDeploymentOptions } from "../deployment.ts";
import { EXIT, Failure } from "../failure.ts";
import { choice, jsonText } from "../output.ts";
import { verdictText } from "../report/verdict-text.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;
const ADDRESSES = ["service", "unit"] as const;
const PROTOCOLS = ["http", "tcp"] as const;

interface CanOptions extends DeploymentOptions {
  readonly from: string;
  readonly to: string;
  readonly via: (typeof ADDRESSES)[number];
  readonly service?: string;
  readonly protocol: (typeof PROTOCOLS)[number];
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly format: (typeof FORMATS)[number];
}

/** Adds `can`: whether one application may reach another, with the steps that decide it. */
export function addCan(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  const command = program
    .command("can [paths...]")
    .description("say whether one application may reach another, and why")
    .requiredOption("--from <app[@model]>", "who calls")
    .requiredOption("--to <app[@model]>", "who is called")
    .requiredOption("--port <number>", "the port that is called", portNumber)
    .option(
      "--via <address>",
      "by the address of its Service, or of one of its pods: service or unit",
      choice("--via", ADDRESSES),
      "service",
    )
    .option("--service <name>", "by the address of this Service of the application; default: the one of its own name")
    .option(
      "--protocol <protocol>",
      "what is spoken: http, or tcp for anything else, such as a database",
      choice("--protocol", PROTOCOLS),
      "http",
    )
    .option("--method <method>", "HTTP method, as it is sent")
    .option("--path <path>", "HTTP path")
    .option("--host <host>", "HTTP Host header")
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "text");
  withDeploymentOptions(command)
    .addHelpText(
      "after",
      "\nExample:\n  charm-mesh can --from grafana --to tempo --via service --port 3200 --method GET --path /api/search --mesh hardened=true",
    )
    .action(async (paths: string[], options: CanOptions) => {
      const { topology, mode, effective } = await openedDeployment(paths, options, terminal);
      const verdict = authorize(flowOf(options, topology), effective, topology, mode);
      if (options.format === "json") terminal.document(jsonText(report(verdict)));
      else terminal.out(verdictText(verdict, options, terminal.paint));
      finish(verdict.verdict === "allowed" ? EXIT.fine : EXIT.findings);
    });
}

function flowOf(options: CanOptions, topology: Topology): Flow {
  const { via, service = null, protocol } = options;
  if (service !== null && via === "unit")
    throw new Failure("--service and --via unit exclude each other.", "A pod is not reached by the name of a Service.");
  const http = ["method", "path", "host"] as const;
  const needless = protocol === "tcp" ? http.find((name) => options[name] !== undefined) : undefined;
  if (needless) throw new Failure(`--protocol tcp has no --${needless}.`, "Only HTTP has one.");
  const source = end(options.from, "--from", topology);
  const target = end(options.to, "--to", topology);
  return {
    source: { ...source, onMesh: null },
    target: { ...target, via, service },
    port: options.port,
    method: options.method ?? null,
    path: options.path ?? null,
    host: options.host ?? null,
    ...(protocol === "tcp" ? { http: false } : {}),
  };
}

/** `app` or `app@model`; a model that is left out must follow from the topology. */
function end(given: string, option: string, topology: Topology): { application: string; model: string } {
  const at = given.lastIndexOf("@");
  const application = at < 0 ? given : given.slice(0, at);
  const named = at < 0 ? null : given.slice(at + 1);
  const models = topology.applications
    .filter((one) => one.name === application && (named === null || one.model === named))
    .map((one) => one.model);
  const [model] = models;
  if (model === undefined) {
    const there = topology.applications
      .map((one) => `${one.name}@${one.model}`)
      .sort()
      .join(", ");
    throw new Failure(`${option}: there is no application ${given} in this topology.`, `There are ${there || "none"}.`);
  }
  if (models.length > 1)
    throw new Failure(
      `${option}: ${application} is in several models.`,
      `Name one: ${models.map((one) => `${application}@${one}`).join(", ")}.`,
    );
  return { application, model };
}

/** The JSON of `can`: contract.md. `certain` is false where something that decides could not be read. */
function report(verdict: FlowVerdict): object {
  return {
    version: 1,
    allowed: verdict.verdict === "allowed",
    certain: verdict.verdict !== "unknown",
    unknown: verdict.unknown,
    steps: verdict.steps.map(({ at, verdict: step, policy, text }) => ({ at, verdict: step, policy, text })),
    nearest: verdict.nearest
      ? {
          policy: verdict.nearest.effective.resource?.metadata.name ?? verdict.nearest.effective.id,
          at: verdict.nearest.at,
          field: verdict.nearest.field,
          text: verdict.nearest.text,
        }
      : null,
  };
}

function portNumber(given: string): number {
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (!(port >= 1 && port <= 65535))
    throw new Failure(`--port does not take “${given}”.`, "It takes a number from 1 to 65535.");
  return port;
}
