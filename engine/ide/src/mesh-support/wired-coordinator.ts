import { MESH_LIBRARY } from "#charm";
import type { FileEdit } from "#syntax";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { admits, importsEarlierHome } from "../facts/package-versions.ts";
import { editsThrough } from "../fixes/difference.ts";
import { addedImport } from "../fixes/import-edits.ts";
import { settingMeshKeys } from "../fixes/mesh-key-edits.ts";
import { addedMember, appendedItem, bracketsOf } from "../fixes/python-edits.ts";
import { callAt, classAround } from "../fixes/python-tree.ts";
import { policyProperty } from "./policy-property.ts";

const PROPERTY = "_charm_mesh_policies";
const ARGUMENT = "charm_mesh_policies";

/** Steps 1 and 2 of the guide: the three keys of the endpoint map and the relations that they name. */
export function wiredCoordinator(facts: CharmFacts): readonly FileEdit[] {
  const { coordinator, wiring } = facts;
  // An older package takes no mesh keys, and its earlier home (`cosl.coordinated_workers`) never will.
  if (!coordinator || wiring.coordinator === "all") return [];
  if (importsEarlierHome(facts.imports) || !admits(facts.dependencies, "coordinated-workers", ">=2.1.0")) return [];
  return settingMeshKeys(coordinator, facts);
}

/** Step 3 of the guide: a property with the charm's own policies, and the argument that hands it to Coordinator. */
export function coordinatorWithPolicies(facts: CharmFacts): readonly FileEdit[] {
  const { coordinator, wiring, python } = facts;
  if (!coordinator || wiring.coordinator !== "all" || coordinator.arguments.has(ARGUMENT) || coordinator.argumentsOpen)
    return [];
  const { file, span } = coordinator.call;
  const owner = classAround(python.module(file), span);
  if (!owner || file.text.includes(PROPERTY)) return [];
  const property = policyProperty(PROPERTY, owner, file, facts);
  if (!property) return [];
  const call = callAt(python.module(file), coordinator.call);
  const brackets = call && bracketsOf(file, call);
  if (!brackets) return [];
  return [
    editsThrough(file, [
      // From the end of the file to its start, so that the places stay right.
      () => addedMember(file, owner, property.lines),
      (text) => appendedItem(text, brackets, `${ARGUMENT}=self.${PROPERTY}`),
      ...property.typing.map((name) => (text: typeof file) => addedImport(text, python.module(text), "typing", name)),
      ...property.names.map(
        (name) => (text: typeof file) => addedImport(text, python.module(text), MESH_LIBRARY, name),
      ),
    ]),
  ];
}
