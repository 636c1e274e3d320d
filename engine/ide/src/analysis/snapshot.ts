import { type CharmFiles, type CharmModel, charmModel, parsingSteps } from "#charm";
import type { Topology } from "#mesh";
import { memo, once } from "#syntax";
import type { Diagnostic } from "../diagnostic.ts";
import { type Attempt, attempted, failedFinding, fileOfCharm } from "./boundary.ts";
import { brokenFileFindings } from "./broken-files.ts";
import { type Cluster, clustersOf } from "./clusters.ts";
import { charmsByName, deploymentFactsOf } from "./deployments.ts";
import { directiveFindings } from "./directive-findings.ts";
import { charmFindings, clusterFindings, deploymentFindings } from "./findings.ts";
import { severityChoice } from "./severities.ts";
import { type ReadTopologies, topologiesIn } from "./topologies.ts";
import { unsuppressed } from "./unsuppressed.ts";
import type { Workspace } from "./workspace.ts";

/**
 * All that is known about one snapshot of a workspace. Each part is worked out when first asked for; what belongs to a charm
 * that did not change since another snapshot is found again in caches keyed by its immutable files.
 */
export interface Analysis {
  readonly workspace: Workspace;
  readonly charms: readonly CharmModel[];
  /** Deployments that the workspace's files describe; the inferred one is not among them. */
  readonly topologies: readonly Topology[];
  readonly clusters: readonly Cluster[];
  /** All findings after settings and suppressions, ordered by path, place and code. */
  diagnostics(): readonly Diagnostic[];
  /** The same by the path of the file; files without findings are not in it. */
  diagnosticsByPath(): ReadonlyMap<string, readonly Diagnostic[]>;
  /** The charm that a file belongs to; null for a path that is no charm's. */
  charmOf(path: string): CharmModel | null;
}

/** Makes of a finding what is shown of it; it may ask the analysis for more than the rule could see. */
export type Completing = (diagnostic: Diagnostic, analysis: Analysis) => Diagnostic;

/**
 * Looks at one snapshot. Pure and lazy: nothing is worked out before it is asked for. "Fix all" and "Add service mesh support" look
 * at snapshots of their own, so what rests on them comes in from outside, as `completing`.
 */
export function snapshot(workspace: Workspace, completing: Completing = (each) => each): Analysis {
  const charms = once(() => workspace.charms.flatMap((files) => charmsIn(files)));
  const topologies = once(() => topologiesIn(workspace.topologies, charms()));
  const clusters = once(() => clustersOf(charms()));
  const diagnostics = once(() => allDiagnostics(made, topologies().failures).map((each) => completing(each, made)));
  const byPath = once(() => groupedByPath(diagnostics()));
  const owners = once(() => ownersOf(workspace.charms));
  const made: Analysis = {
    workspace,
    get charms() {
      return charms();
    },
    get topologies() {
      return topologies().topologies;
    },
    get clusters() {
      return clusters();
    },
    diagnostics,
    diagnosticsByPath: byPath,
    charmOf: (path) => {
      const files = owners().get(path);
      return (files && charmsIn(files)[0]) ?? null;
    },
  };
  return made;
}

function allDiagnostics(given: Analysis, failures: ReadTopologies["failures"]): readonly Diagnostic[] {
  const { workspace, charms, clusters, topologies } = given;
  const raw: Diagnostic[] = workspace.charms.flatMap((files) => failedCharm(files));
  for (const model of charms) for (const each of charmFindings(model)) raw.push(each);
  for (const { coordinator, worker } of clusters)
    for (const each of clusterFindings(coordinator, worker)) raw.push(each);
  const broken = brokenFileFindings(workspace);
  const files = new Set(broken.map((each) => each.location.file));
  const byName = topologies.length > 0 ? charmsByName(charms) : new Map();
  // Several deployments may say the same about one charm.
  const reported = new Set<string>();
  for (const topology of topologies) {
    const { named, facts } = deploymentFactsOf(topology, byName);
    // Invalid YAML is the only finding of such a file, as for a charm's own.
    for (const each of deploymentFindings(topology, named, facts)) {
      const { code, message, location } = each;
      const key = JSON.stringify([code, location.file.path, location.span.start, message]);
      if (files.has(location.file) || reported.has(key)) continue;
      reported.add(key);
      raw.push(each);
    }
  }
  for (const each of broken) raw.push(each);
  for (const { file, failure } of failures) raw.push(failedFinding(file, "This deployment is not checked.", failure));
  const choice = severityChoice(workspace);
  const chosen = raw.flatMap((each) => withChosenSeverity(each, choice(each.code, each.location.file.path)));
  const { kept, ...comments } = unsuppressed(chosen, workspace);
  const own = workspace.isIncomplete ? [] : directiveFindings({ workspace, ...comments, choice });
  return [...kept, ...own].sort(byPlace);
}

function withChosenSeverity(
  diagnostic: Diagnostic,
  chosen: ReturnType<ReturnType<typeof severityChoice>>,
): Diagnostic[] {
  if (chosen === undefined) return [diagnostic];
  if (chosen === "off") return [];
  const severity = diagnostic.test && chosen === "error" ? "warning" : chosen;
  return [severity === diagnostic.severity ? diagnostic : { ...diagnostic, severity }];
}

function ownersOf(charms: readonly CharmFiles[]): ReadonlyMap<string, CharmFiles> {
  const owners = new Map<string, CharmFiles>();
  for (const charm of charms) for (const file of charm.files.values()) owners.set(file.path, charm);
  return owners;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [left, right] = [a.location, b.location];
  if (left.file.path !== right.file.path) return left.file.path < right.file.path ? -1 : 1;
  return (
    left.span.start - right.span.start ||
    left.span.end - right.span.end ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}

/** charmcraft packs bundles too (`type: bundle`), and an empty file has no content: neither holds a charm. */
function isCharm({ charm, metadata }: CharmModel): boolean {
  if (metadata.type === "bundle") return false;
  const python = [...charm.files.keys()].some((path) => path.endsWith(".py"));
  return python || metadata.name !== null || metadata.relations.length > 0 || metadata.syntaxProblems.length > 0;
}

/**
 * Does the work for one charm's own findings in steps, so that a host can do other things in between. What it works out is kept in
 * the caches: an analysis of a workspace with this charm finds it there.
 */
export function* analysisSteps(files: CharmFiles): Generator<void> {
  for (const step of parsingSteps(files)) {
    attempted(step);
    yield;
  }
  modelOf(files);
  yield;
  for (const model of charmsIn(files)) charmFindings(model);
  yield;
}

const modelOf = memo((files: CharmFiles): Attempt<CharmModel> => attempted(() => charmModel(files)));

/** The charm that some files make; none where they hold no charm, or reading them failed. */
const charmsIn = memo((files: CharmFiles): readonly CharmModel[] => {
  const model = modelOf(files);
  return "value" in model && isCharm(model.value) ? [model.value] : [];
});

function failedCharm(files: CharmFiles): readonly Diagnostic[] {
  const model = modelOf(files);
  return "failure" in model ? [failedFinding(fileOfCharm(files), "This charm is not checked.", model.failure)] : [];
}

function groupedByPath(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const each of diagnostics) {
    const group = groups.get(each.location.file.path);
    if (group) group.push(each);
    else groups.set(each.location.file.path, [each]);
  }
  return groups;
}
