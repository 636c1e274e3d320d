import { optionsOf } from "#python";
import { closestName } from "../fixes/closest-name.ts";
import { renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** Worker asks for the relation that its map names: KeyError when the charm starts. */
export const undeclaredWorkerEndpoint = charmRule({
  name: "undeclared-worker-endpoint",
  summary: '`Worker(endpoints={"cluster": …})` names no relation of the charm.',
  severities: ["error"],
  *findings({ worker, declared }) {
    const entry = worker?.endpoints.entries.findLast((each) => each.key === "cluster");
    const names = entry && optionsOf(entry.value);
    if (!entry || !names || !declared.complete || names.some((each) => each !== null && declared.byName.has(each)))
      return;
    if (names.length === 0) return;
    const required = [...declared.byName.values()].filter(
      (each) => each.side === "requires" && /[-_]cluster$/.test(each.interface ?? ""),
    );
    const [only, another] = required;
    const meant = only && !another ? only.endpoint : closestName(names[0] ?? "", declared.byName.keys());
    yield {
      message: `This charm fails when it starts: it has no relation “${names.join("” or “")}”${meant ? `. Did you mean “${meant}”?` : "."}`,
      location: entry.valueLocation,
      related: meant
        ? [
            {
              location: declared.byName.get(meant)?.key ?? entry.valueLocation,
              message: `“${meant}” is declared here.`,
            },
          ]
        : [],
      fixes: meant ? renamingFixes(entry.valueLocation, meant, true) : [],
    };
  },
});
