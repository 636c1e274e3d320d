import { unknown } from "#python";
import { memo, once, type PyModule, parsePython, type SourceFile } from "#syntax";
import type { CharmFiles } from "./charm-files.ts";
import type { CharmKind, CharmMetadata, CharmModel, ImportRecord, RelationUse } from "./charm-model.ts";
import { charmDependencies } from "./dependencies/charm-dependencies.ts";
import { manifestPolicies } from "./manifests/manifest-policies.ts";
import { manifestResources } from "./manifests/manifest-resources.ts";
import { charmMetadata } from "./metadata/charm-metadata.ts";
import { HIDDEN, programFacts } from "./program-facts.ts";
import { charmProgram } from "./source/charm-program.ts";
import { damageOf } from "./source/damage.ts";
import { methodMembersOf } from "./source/method-members.ts";
import { moved } from "./source/moved.ts";
import { relationUsesIn } from "./source/relation-uses.ts";
import { sourceFacts } from "./source/source-facts.ts";
import { isVendored, librariesOf } from "./vendored-libraries.ts";

/**
 * Everything that the sources say about one charm. Pure and total: damaged or absent files give a model with what could be
 * read, `problems`, and `damaged` where absence proves nothing. Cached by the files object; what belongs to one file is
 * cached by that file, so that an edit in one reads only that one again.
 */
export const charmModel = memo((charm: CharmFiles): CharmModel => {
  const metadata = charmMetadata(charm);
  const parse = reader(previousFiles(charm));
  const { python, moves } = charmProgram(charm, parse, metadata.config);
  const sources = ownModules(charm, parse, (path) => !isTest(path));
  const imports = sources.flatMap((each): readonly ImportRecord[] => sourceFacts(each.file, each.tree).imports);
  const damage = damageOf(sources);
  const facts = programFacts(python, damage, imports);
  const calls = moved(facts.calls, moves);
  const opened = once(() => moved(facts.opened(), moves));
  const ingressed = once(() => moved(facts.ingressed(), moves));
  const published = once(() => moved(facts.published(endpoints), moves));
  const raw = once(() => [...calls.rawPolicies, ...manifestPolicies(python, charm)]);
  const resources = once(() => manifestResources(python, charm));
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
    kind: calls.coordinator
      ? "coordinator"
      : calls.worker
        ? "worker"
        : calls.consumers.length > 0
          ? "standalone"
          : kindByMetadata(metadata),
    test: /(?:^|\/)tests?\//.test(charm.root) || /^tests?$/.test(charm.root),
    metadata,
    coordinator: calls.coordinator,
    worker: calls.worker,
    telemetryProxyCalls: calls.telemetryProxyCalls,
    discarded: calls.discarded,
    consumers: calls.consumers,
    policies: calls.policies,
    policiesComplete: calls.policiesComplete,
    methodMembers: sources.flatMap((each) => methodMembersOf(each.file, each.tree)),
    resourceManagers: calls.resourceManagers,
    meshTypeUses: calls.meshTypeUses,
    get rawPolicies() {
      return raw();
    },
    get webhooks() {
      return resources().webhooks;
    },
    get manifestServices() {
      return resources().services;
    },
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
    get problems() {
      return [
        ...metadata.syntaxProblems,
        ...dependencies.problems,
        ...sources.flatMap(({ file, tree }) => tree.problems.map((problem) => ({ file, problem }))),
      ];
    },
  };
});

/** So many characters of Python are parsed in one step, or one file if that is longer. */
const STEP = 50_000;

/** Parsing of the charm's own Python files, tests left out, in steps of a few milliseconds: what `charmModel` then finds done. */
export function parsingSteps(charm: CharmFiles): readonly (() => void)[] {
  const parse = reader(previousFiles(charm));
  const steps: SourceFile[][] = [];
  let length = STEP;
  for (const [path, file] of charm.files) {
    if (!isOwnPython(path) || isTest(path)) continue;
    if (length >= STEP) {
      steps.push([]);
      length = 0;
    }
    steps.at(-1)?.push(file);
    length += file.text.length;
  }
  return steps.map((files) => () => files.forEach((file) => void parse(file)));
}

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
    .filter(([path]) => isOwnPython(path) && wanted(path))
    .map(([path, file]) => ({ path, file, tree: parse(file) }));
}

function isOwnPython(path: string): boolean {
  return path.endsWith(".py") && !isVendored(path);
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
