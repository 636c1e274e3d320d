import { knownValue } from "#python";
import { runsWith } from "../facts/package-versions.ts";
import { declaringFixes, renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** Since 2.1.1 coordinators exchange their addresses over a peer relation, `peers` by default. */
export const undeclaredPeerRelation = charmRule({
  name: "undeclared-peer-relation",
  summary: "The coordinator's `peer_relation` is not a peer relation of the charm.",
  severities: ["error"],
  *findings({ coordinator, declared, metadata, dependencies }) {
    if (!coordinator || !declared.complete) return;
    if (!runsWith(dependencies, "coordinated-workers", ">=2.1.1")) return;
    const name = knownValue(coordinator.peerRelation);
    if (name === undefined || (!coordinator.peerRelationLocation && coordinator.argumentsOpen)) return;
    const relation = declared.byName.get(name);
    if (relation?.side === "peers") return;
    const peers = metadata.relations.filter((each) => each.side === "peers");
    const place = coordinator.peerRelationLocation;
    const [only, another] = peers;
    const renaming = place && only && !another ? renamingFixes(place, only.endpoint, true) : [];
    yield {
      message: relation
        ? `Coordinator units can't exchange their addresses: “${name}” is no peer relation, the charm ${relation.side} it. Declare one under \`peers\`.`
        : `This charm fails with a KeyError when it starts: it has no peer relation “${name}”${place ? "" : ", which Coordinator takes by default"}. Declare it under \`peers\`.`,
      location: place ?? coordinator.callee,
      related: peers.map((each) => ({ location: each.key, message: "This is a peer relation of the charm." })),
      fixes: [
        ...renaming,
        ...(relation || !metadata.name
          ? []
          : declaringFixes(
              metadata,
              { name, side: "peers", fields: [["interface", `${metadata.name.replaceAll("-", "_")}_peers`]] },
              renaming.length === 0,
            )),
      ],
    };
  },
});
