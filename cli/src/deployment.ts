import type { Command } from "commander";
import type { CharmModel } from "#charm";
import { type EffectivePolicies, effectivePolicies, type MeshMode, type Topology } from "#mesh";
import { MESH_SWITCHES, meshMode, tlsOption } from "./mesh-option.ts";
import { collected } from "./output.ts";
import { openedSession } from "./session.ts";
import { commandLineSettings } from "./settings.ts";
import type { Terminal } from "./terminal.ts";
import { chosenTopology } from "./topology-option.ts";

/** The options that every command on a deployment takes, as commander reads them. */
export interface DeploymentOptions {
  readonly topology?: string;
  readonly mesh?: readonly string[];
  readonly tls?: string;
  readonly exclude?: readonly string[];
}

/** The charms below some paths, how they are deployed, and the policies that follow. */
export interface Deployment {
  readonly models: readonly CharmModel[];
  readonly topology: Topology;
  readonly mode: MeshMode;
  /** Whether the applications have certificates; empty where nothing says so. */
  readonly tls: { readonly tls?: boolean };
  readonly effective: EffectivePolicies;
}

/** Adds `--topology`, `--mesh`, `--tls` and `--exclude` to a command; `topology` describes the files that this command takes. */
export function withDeploymentOptions(
  command: Command,
  topology = "mesh-topology.yaml, bundle, juju status, terraform show -json; inferred; or - for standard input",
): Command {
  return command
    .option("-t, --topology <file>", topology)
    .option("--mesh <switches>", MESH_SWITCHES, collected)
    .option("--tls <boolean>", "whether the applications have certificates, so that they speak TLS themselves")
    .option("--exclude <path>", "leave out what lies at or below this path (again for more)", collected);
}

/** Reads the charms and works out their effective policies. What can't be read ends the command with exit code 2. */
export async function openedDeployment(
  paths: readonly string[],
  { topology: named, mesh, tls: certificates, exclude = [] }: DeploymentOptions,
  terminal: Terminal,
): Promise<Deployment> {
  const session = await openedSession(paths, { settings: commandLineSettings([]), exclude }, terminal);
  const topology = await chosenTopology(session, named, terminal);
  const mode = meshMode(mesh, topology.mode);
  const tls = tlsOption(certificates);
  const { models } = session;
  return { models, topology, mode, tls, effective: effectivePolicies(models, topology, { mode, ...tls }) };
}
