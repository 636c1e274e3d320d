import path from "node:path";
import { inferredTopology, type Topology, topologiesOf } from "#model";
import { Failure } from "./failure.ts";
import { namedFile, type Session } from "./session.ts";
import type { Terminal } from "./terminal.ts";

/** The word that asks for the inferred topology where a file would be taken. */
const INFERRED = "inferred";

/**
 * The topology that a command works on. `--topology FILE` names one (or `inferred`); without it the one that stands beside
 * the charms is taken: mesh-topology.yaml in a folder that was given, else the only bundle or status output there; else it is
 * inferred from the charms. Which one it was is told on standard error when nobody asked for it.
 */
export async function chosenTopology(
  session: Session,
  named: string | undefined,
  terminal: Terminal,
): Promise<Topology> {
  const models = session.analysis.charms.filter((charm) => !charm.test);
  if (named === INFERRED) return inferredTopology(models);
  if (named !== undefined) {
    const file = await namedFile(named);
    const [found] = topologiesOf([file], models);
    if (!found) {
      throw new Failure(
        `${named} is no topology that can be read.`,
        "It may be mesh-topology.yaml, a bundle, juju status or show-unit output (YAML or JSON), or terraform show -json.",
      );
    }
    return found;
  }
  const beside = session.disk.topologies.filter((file) =>
    session.paths.some((given) => path.posix.normalize(path.posix.dirname(file.path)) === path.posix.normalize(given)),
  );
  const candidates = topologiesOf(beside, models);
  const best = candidates.find((one) => one.source === "file") ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (best) {
    terminal.err(
      terminal.paintError("gray", `topology: ${best.file?.path ?? best.source} (--topology inferred takes none)`),
    );
    return best;
  }
  if (candidates.length > 1) {
    const names = candidates.map((one) => one.file?.path ?? one.source).join(", ");
    terminal.err(terminal.paintError("gray", `topology: inferred; ${names} can be chosen with --topology`));
  }
  return inferredTopology(models);
}
