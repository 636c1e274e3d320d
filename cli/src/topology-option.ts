import path from "node:path";
import type { CharmModel } from "#charm";
import { defaultTopology, inferredTopology, meshMembership, type Topology, topologiesOf } from "#mesh";
import type { SourceFile } from "#syntax";
import { Failure } from "./failure.ts";
import { namedFile, type Session } from "./session.ts";
import type { Terminal } from "./terminal.ts";

/** The word that asks for the inferred topology where a file would be taken. */
const INFERRED = "inferred";

/**
 * The topology that a command works on. `--topology FILE` names one (or `inferred`); without the option the command uses the one
 * beside the charms, and names it on standard error.
 */
export async function chosenTopology(
  session: Session,
  named: string | undefined,
  terminal: Terminal,
): Promise<Topology> {
  const { models } = session;
  if (named !== undefined) {
    const topology = (await namedTopology(named))(models);
    warnWithoutMesh(models, topology, terminal);
    return topology;
  }
  const { topology, others } = topologyBeside(session.disk.topologies, session.paths, models);
  if (topology.file) {
    terminal.err(terminal.paintError("gray", `topology: ${topology.file.path} (--topology inferred takes none)`));
  } else if (others.length > 0) {
    const names = others.map((one) => one.file?.path ?? one.source).join(", ");
    terminal.err(terminal.paintError("gray", `topology: inferred; ${names} can be chosen with --topology`));
  }
  if (topology.source === "inferred" && session.disk.hasTerraform) terminal.err(terminal.paintError("gray", PLAN));
  warnWithoutMesh(models, topology, terminal);
  return topology;
}

const PLAN =
  "Charm Mesh reads Terraform plans, not .tf files. Make a plan, then use --topology plan.json: terraform plan -out plan && terraform show -json plan > plan.json";

/**
 * Says which charms with policies have no application on the mesh in a deployment that a file describes: none of their policies is
 * created there, which a bundle from before the mesh mostly means by accident.
 */
function warnWithoutMesh(models: readonly CharmModel[], topology: Topology, terminal: Terminal): void {
  if (topology.file === null) return;
  const members = meshMembership(topology, topology.mode);
  const joined = new Set(
    topology.applications.filter((one) => members.get(`${one.model}/${one.name}`) !== false).map((one) => one.charm),
  );
  const names = models
    .filter((charm) => charm.policies.length > 0 || charm.consumers.length > 0)
    .flatMap(({ metadata }) => (metadata.name !== null && !joined.has(metadata.name) ? [metadata.name] : []));
  if (names.length === 0) return;
  const verb = names.length === 1 ? "has" : "have";
  const text = `${topology.file.path}: ${names.join(", ")} ${verb} no application on the mesh in this deployment, so none of their policies is created (--topology inferred shows them)`;
  terminal.err(terminal.paintError("yellow", text));
}

/** The topology that `--topology` names, built for the given charms. A file that is no topology ends the command with exit code 2. */
export async function namedTopology(named: string): Promise<(models: readonly CharmModel[]) => Topology> {
  if (named === INFERRED) return inferredTopology;
  const file = await namedFile(named);
  return (models) => {
    const [found] = topologiesOf([file], models);
    if (found) return found;
    throw new Failure(
      `${file.path} can't be read as a topology.`,
      "It may be mesh-topology.yaml, a bundle, juju status or show-unit output (YAML or JSON), or terraform show -json.",
    );
  };
}

/**
 * The topology beside some charms: mesh-topology.yaml directly in one of the folders, else the only bundle or status output
 * there, else the inferred one; `others` are those that were passed over because there are several.
 */
export function topologyBeside(
  files: readonly SourceFile[],
  folders: readonly string[],
  models: readonly CharmModel[],
): { readonly topology: Topology; readonly others: readonly Topology[] } {
  const wanted = new Set(folders.map((folder) => path.posix.normalize(folder).replace(/(?<=.)\/$/, "")));
  const beside = files.filter((file) => wanted.has(path.posix.normalize(path.posix.dirname(file.path))));
  const found = topologiesOf(beside, models);
  const best = defaultTopology(found);
  return best ? { topology: best, others: [] } : { topology: inferredTopology(models), others: found };
}
