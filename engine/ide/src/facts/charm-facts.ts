import type { CharmModel } from "#charm";
import { memo, once, type PyModule, parsePython, type SourceFile } from "#syntax";
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

/** The facts about a charm; each derived one is computed once, on first use. */
export const charmFacts = memo((model: CharmModel): CharmFacts => {
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
  return Object.create(model, {
    coordinator: { value: coordinator },
    declared: { get: declared },
    wiring: { get: wiring },
    python: { value: python },
  });
});

function ownPython(model: CharmModel): SourceFile[] {
  return [...model.charm.files]
    .filter(([path]) => path.endsWith(".py") && !path.startsWith("lib/") && !path.startsWith("tests/"))
    .map(([, file]) => file)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
