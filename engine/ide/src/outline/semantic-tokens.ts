import type { CharmModel, CharmRelation } from "#charm";
import { knownValue } from "#python";
import type { Location } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { answered, type ByKind } from "../cursor/target.ts";
import { targetsIn } from "../cursor/target-at.ts";
import { MESH_RELATIONS } from "../facts/mesh-wiring.ts";

export type TokenType = "property" | "interface" | "namespace";

/** `mesh`: it puts the charm on the mesh. `guarded`: some policy of the charm is for it. */
export type TokenModifier = "declaration" | "mesh" | "guarded";

/** A word whose meaning its grammar can't express. */
export interface SemanticToken {
  readonly location: Location;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

type Meaning = Omit<SemanticToken, "location">;

const MESH_INTERFACES: ReadonlySet<string> = new Set(Object.values(MESH_RELATIONS).map((shape) => shape.interface));

/** Python's words are left to Python's own server: an editor asks one server for all tokens of a file. */
const LEFT_TO_PYTHON = (): null => null;

const MEANINGS: ByKind<[], Meaning | null> = {
  relation: ({ charm, relation }) => ({
    type: "property",
    modifiers: [
      "declaration",
      ...(isOfMesh(relation.interface) ? ["mesh" as const] : []),
      ...(isGuarded(charm, relation) ? ["guarded" as const] : []),
    ],
  }),
  interface: ({ name }) => ({ type: "interface", modifiers: isOfMesh(name) ? ["mesh"] : [] }),
  "charm-lib": () => ({ type: "namespace", modifiers: [] }),
  "relation-use": LEFT_TO_PYTHON,
  "endpoint-key": LEFT_TO_PYTHON,
  policy: LEFT_TO_PYTHON,
  ports: LEFT_TO_PYTHON,
  method: LEFT_TO_PYTHON,
  coordinator: LEFT_TO_PYTHON,
  worker: LEFT_TO_PYTHON,
  consumer: LEFT_TO_PYTHON,
  "proxy-port": LEFT_TO_PYTHON,
  // Tokens are announced for charms' own YAML only.
  "deployed-endpoint": () => null,
};

/** The words of a charm's YAML that name relations, interfaces and libraries, in order; nothing for Python. */
export function semanticTokens(analysis: Analysis, path: string): readonly SemanticToken[] {
  return targetsIn(analysis, path).flatMap((target) => {
    const meaning = answered(MEANINGS, target);
    return meaning ? [{ ...meaning, location: target.location }] : [];
  });
}

function isOfMesh(interfaceName: string | null): boolean {
  return interfaceName !== null && MESH_INTERFACES.has(interfaceName);
}

function isGuarded({ policies }: CharmModel, { endpoint }: CharmRelation): boolean {
  return policies.some((policy) => knownValue(policy.relation) === endpoint);
}
