import { unknown } from "#python";
import { memo, once, type PyModule, parsePython, type SourceFile } from "#syntax";
import { publishedAddresses } from "./address/published-addresses.ts";
import { consumerArguments, consumerCall, consumerSites } from "./calls/consumer-calls.ts";
import { coordinatorCall, coordinatorPolicies, telemetryProxyCalls, workerCall } from "./calls/coordinator-call.ts";
import { declaredPolicies } from "./calls/declared-policies.ts";
import { discardedObjects } from "./calls/discarded-objects.ts";
import { meshTypeUses } from "./calls/mesh-type-uses.ts";
import { policyList } from "./calls/policy-lists.ts";
import { rawPolicies } from "./calls/raw-policies.ts";
import { resourceManagers } from "./calls/resource-managers.ts";
import type { CharmFiles } from "./charm-files.ts";
import type { CharmKind, CharmMetadata, CharmModel, ImportRecord, RelationUse } from "./charm-model.ts";
import { charmDependencies } from "./dependencies/charm-dependencies.ts";
import { charmMetadata } from "./metadata/charm-metadata.ts";
import { ingressedPorts } from "./ports/ingressed-ports.ts";
import { openedPorts } from "./ports/opened-ports.ts";
import { charmProgram } from "./source/charm-program.ts";
import { damageOf } from "./source/damage.ts";
import { methodMembersOf } from "./source/method-members.ts";
import { relationUsesIn } from "./source/relation-uses.ts";
import { sourceFacts } from "./source/source-facts.ts";
import { isVendored, librariesOf } from "./vendored-libraries.ts";

/** The reason why an analysis can't report anything as absent from a charm while the author types it. */
const HIDDEN = "a file can't be read as it stands and may hide it";

/**
 * Everything that the sources say about one charm. Pure and total: damaged or absent files give a model with what could be
 * read, `problems`, and `damaged` where absence proves nothing. Cached by the files object; what belongs to one file is
 * cached by that file, so that an edit in one reads only that one again.
 */
export const charmModel = memo((charm: CharmFiles): CharmModel => {
  const metadata = charmMetadata(charm);
  const parse = reader(previousFiles(charm));
  const python = charmProgram(charm, parse, metadata.config);
  const sources = ownModules(charm, parse, (path) => !isTest(path));
  const imports = sources.flatMap((each): readonly ImportRecord[] => sourceFacts(each.file, each.tree).imports);
  const damage = damageOf(sources);
  const coordinator = coordinatorCall(python, damage);
  const worker = workerCall(python, damage);
  const consumers = consumerSites(python);
  const managers = resourceManagers(python);
  const policies = declaredPolicies(
    python,
    [
      coordinatorPolicies(python, damage),
      ...consumers.map((site) => policyList(python, consumerArguments(site, damage), "policies", "consumer")),
      ...managers.lists,
    ],
    damage,
  );
  // Only charms on the mesh and pictures ask for these, so that other charms cost no evaluation.
  const opened = once(() => openedPorts(python, imports));
  const ingressed = once(() => ingressedPorts(python));
  const published = once(() =>
    publishedAddresses(python, metadata).map((each) =>
      damage.size > 0 && each.address.kind === "known" && each.address.value === "none"
        ? { ...each, address: unknown(HIDDEN, each.address.because) }
        : each,
    ),
  );
  const endpoints = new Set(metadata.relations.map((relation) => relation.endpoint));
  const uses = once((): readonly RelationUse[] =>
    relationUsesIn({
      name: metadata.name,
      endpoints,
      modules: [...sources, ...ownModules(charm, parse, isTest)],
      library: (module) => {
        const file = charm.files.get(`lib/${module.replaceAll(".", "/")}.py`);
        return file ? parse(file) : null;
      },
    }),
  );
  const dependencies = charmDependencies(charm);
  const unread = [...charm.unreadable.keys()].some(
    (path) => path.endsWith(".py") && !isVendored(path) && !isTest(path),
  );
  return {
    charm,
    kind: coordinator
      ? "coordinator"
      : worker
        ? "worker"
        : consumers.length > 0
          ? "standalone"
          : kindByMetadata(metadata),
    test: /(?:^|\/)tests?\//.test(charm.root) || /^tests?$/.test(charm.root),
    metadata,
    coordinator,
    worker,
    telemetryProxyCalls: telemetryProxyCalls(python, damage),
    discarded: discardedObjects(python),
    consumers: consumers.map((site) => consumerCall(python, site, damage)),
    policies: policies.policies,
    policiesComplete: policies.complete,
    methodMembers: sources.flatMap((each) => methodMembersOf(each.file, each.tree)),
    resourceManagers: managers.managers,
    meshTypeUses: consumers.length > 0 ? meshTypeUses(python) : [],
    rawPolicies: rawPolicies(python),
    get openedPorts() {
      const { ports, places } = opened();
      return damage.size > 0 && places.length === 0 ? unknown(HIDDEN) : ports;
    },
    get openedPortPlaces() {
      return opened().places;
    },
    get writtenPorts() {
      return opened().written;
    },
    get published() {
      return published();
    },
    get ingressedPorts() {
      return ingressed();
    },
    libraries: librariesOf(charm, metadata.charmLibs, imports),
    dependencies,
    imports,
    // Few ask for these, and they alone need the tests parsed: so they are read when asked for.
    get relationUses() {
      return uses();
    },
    damaged: unread || sources.some((each) => each.tree.damaged),
    recovered: sources.flatMap(({ file, tree }) => tree.recovered.map((span) => ({ file, span }))),
    stale: sources.flatMap(({ file, tree }) => tree.stale.map((span) => ({ file, span }))),
    problems: [
      ...metadata.syntaxProblems,
      ...dependencies.problems,
      ...sources.flatMap(({ file, tree }) => tree.problems.map((problem) => ({ file, problem }))),
    ],
  };
});

/** Reads files with the help of what stood in their places. A function of its own, so that it holds on to nothing else. */
function reader(before: ReadonlyMap<SourceFile, SourceFile>): (file: SourceFile) => PyModule {
  return (file) => parsePython(file, before.get(file));
}

/** What stood in the place of each Python file before the last change, where that was another text. */
function previousFiles(charm: CharmFiles): ReadonlyMap<SourceFile, SourceFile> {
  const before = new Map<SourceFile, SourceFile>();
  for (const [path, file] of charm.previous ?? []) {
    const now = charm.files.get(path);
    if (now && now !== file && path.endsWith(".py")) before.set(now, file);
  }
  return before;
}

interface OwnModule {
  readonly path: string;
  readonly file: SourceFile;
  readonly tree: PyModule;
}

/** Those files of the charm's own Python (all but fetched libraries) that `wanted` takes. */
function ownModules(
  charm: CharmFiles,
  parse: (file: SourceFile) => PyModule,
  wanted: (path: string) => boolean,
): readonly OwnModule[] {
  return [...charm.files]
    .filter(([path]) => path.endsWith(".py") && !isVendored(path) && wanted(path))
    .map(([path, file]) => ({ path, file, tree: parse(file) }));
}

function isTest(path: string): boolean {
  return path.startsWith("tests/") || path.startsWith("test/");
}

/** A charm that requires the mesh but makes no consumer that could be found still takes part in it. */
function kindByMetadata(metadata: CharmMetadata): CharmKind {
  return metadata.relations.some((each) => each.side === "requires" && each.interface === "service_mesh")
    ? "standalone"
    : "none";
}
