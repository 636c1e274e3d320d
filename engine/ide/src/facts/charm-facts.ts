import type { CharmModel } from "#charm";
import { type PyModule, parsePython, type SourceFile } from "#syntax";
import { type DeclaredRelations, declaredRelations } from "./declared-relations.ts";
import { type MeshWiring, meshWiring } from "./mesh-wiring.ts";

/** The charm's Python, for rules and fixes that need more than the model's facts. */
export interface PythonSources {
  /** The module of one file, from the parser's cache. */
  readonly module: (file: SourceFile) => PyModule;
  /** The charm's own files (under src and the like, no tests, no libraries), in the order of their paths. */
  readonly own: readonly SourceFile[];
}

/** All that a rule about one charm may ask for: the model, and what many rules work out from it. */
export interface CharmFacts extends CharmModel {
  readonly declared: DeclaredRelations;
  readonly wiring: MeshWiring;
  readonly python: PythonSources;
}

const cache = new WeakMap<CharmModel, CharmFacts>();

/** The facts about a charm; each derived one is computed once, on first use. */
export function charmFacts(model: CharmModel): CharmFacts {
  const known = cache.get(model);
  if (known) return known;
  const declared = once(() => declaredRelations(model));
  // Rules and fixes know the API of coordinated-workers; by it an earlier coordinator can't be judged.
  const coordinator = model.coordinator?.earlier ? null : model.coordinator;
  const wiring = once(() => meshWiring({ coordinator, consumers: model.consumers }));
  const own = once(() => ownPython(model));
  const python: PythonSources = {
    module: (file) => parsePython(file),
    get own() {
      return own();
    },
  };
  // Behind the model instead of copied from it: a copy would ask for what the model works out only when it is needed.
  const facts: CharmFacts = Object.create(model, {
    coordinator: { value: coordinator },
    declared: { get: declared },
    wiring: { get: wiring },
    python: { value: python },
  });
  cache.set(model, facts);
  return facts;
}

function ownPython(model: CharmModel): SourceFile[] {
  return [...model.charm.files]
    .filter(([path]) => path.endsWith(".py") && !path.startsWith("lib/") && !path.startsWith("tests/"))
    .map(([, file]) => file)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
