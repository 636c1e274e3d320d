import type { Fix } from "../diagnostic.ts";
import { editsOf, fix } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { type WiredEndpoint, wiredName } from "../facts/mesh-wiring.ts";
import { closestName } from "../fixes/closest-name.ts";
import { appendedItem, bracketsOf } from "../fixes/python-edits.ts";
import { callAt } from "../fixes/python-tree.ts";
import { declaringEdits, meshRelationFields, type NewRelation, renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** coordinated_workers and ServiceMeshConsumer look the relation up by name when they are made: KeyError or AttributeError. */
export const missingMeshRelation = charmRule({
  name: "missing-mesh-relation",
  summary: "The charm's Python uses a mesh relation that the charm does not declare.",
  severities: ["error"],
  *findings(facts) {
    const { wiring, declared } = facts;
    if (!declared.complete) return;
    const wired = new Set(wiring.endpoints.map(wiredName));
    const together = new Map<WiredEndpoint["consumer"], WiredEndpoint[]>();
    for (const each of wiring.endpoints) together.set(each.consumer, [...(together.get(each.consumer) ?? []), each]);
    for (const endpoint of wiring.endpoints) {
      const name = wiredName(endpoint);
      if (!name || declared.byName.has(name)) continue;
      const { shape } = endpoint;
      const others = declared
        .fitting(shape.interface, shape.side)
        .map((each) => each.endpoint)
        .filter((each) => !wired.has(each));
      const meant = others.length === 1 ? others[0] : closestName(name, others);
      const renaming = meant ? namingFixes(endpoint, meant, facts) : [];
      const called = endpoint.byDefault ? `“${name}”, as ServiceMeshConsumer assumes by default` : `“${name}”`;
      yield {
        message: `This charm fails when it starts: it observes ${called}, and no relation has that name. Declare it under \`${shape.side}\` with the interface \`${shape.interface}\`.`,
        location: endpoint.location,
        related: others.map((each) => ({
          location: declared.byName.get(each)?.key ?? endpoint.location,
          message: `This relation has the interface \`${shape.interface}\`, and the charm does not use it.`,
        })),
        // Beside one that is there and fits, a second of the kind would be one that nothing wires.
        fixes: renaming.length > 0 ? renaming : declaring(endpoint, together.get(endpoint.consumer) ?? [], facts),
      };
    }
  },
});

/** Inserts the intended relation: in the place of the other name, or as the consumer's argument where it names none. */
function namingFixes(
  endpoint: WiredEndpoint,
  meant: string,
  { consumers, python }: Pick<CharmFacts, "consumers" | "python">,
): Fix[] {
  const { location, byDefault, shape } = endpoint;
  if (!byDefault) return renamingFixes(location, meant, true);
  const consumer = consumers.find((each) => each.callee === location);
  const file = location.file;
  const call = consumer && callAt(python.module(file), consumer.call);
  const brackets = call && bracketsOf(file, call);
  if (!brackets) return [];
  const argument = `${shape.keyword}="${meant}"`;
  return [fix(`Use “${meant}”`, [editsOf(file, appendedItem(file, brackets, argument))])];
}

/**
 * Declares the relation; of the cross-model pair both where both are missing, since one alone is half a pair.
 * @param siblings the endpoints of the same consumer or coordinator
 */
function declaring(
  endpoint: WiredEndpoint,
  siblings: readonly WiredEndpoint[],
  { declared, metadata }: Pick<CharmFacts, "declared" | "metadata">,
): Fix[] {
  const together = siblings.filter((each) => {
    const name = wiredName(each);
    if (each === endpoint) return true;
    const pair = each.shape.interface === "cross_model_mesh";
    return pair && endpoint.shape.interface === "cross_model_mesh" && name !== undefined && !declared.byName.has(name);
  });
  const relations = together.flatMap((each): NewRelation[] => {
    const name = wiredName(each);
    return name ? [{ name, side: each.shape.side, fields: meshRelationFields(each.shape) }] : [];
  });
  const edits = declaringEdits(metadata, relations);
  const names = relations.map((each) => `“${each.name}” under ${each.side}`);
  return edits.length > 0 ? [fix(`Declare ${names.join(" and ")}`, edits)] : [];
}
