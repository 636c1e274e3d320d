import { editsOf, fix } from "../edits/fix.ts";
import { bracketsOf, removedItem } from "../fixes/python-edits.ts";
import { expressionAt } from "../fixes/python-tree.ts";
import { charmRule } from "./rule.ts";

/** A dict display keeps the last value of a duplicate key (Python reference, 6.2.7). */
export const duplicateEndpointKey = charmRule({
  name: "duplicate-endpoint-key",
  summary: "A key is set twice in the endpoint map; Python keeps the last.",
  severities: ["error"],
  *findings({ coordinator, python }) {
    const entries = (coordinator?.endpoints.entries ?? []).filter((each) => each.condition === null);
    for (const [at, entry] of entries.entries()) {
      const later = entries.slice(at + 1).find((each) => each.key === entry.key);
      const { location } = coordinator?.endpoints ?? {};
      if (!later || later.keyLocation.file !== entry.keyLocation.file || !location) continue;
      const display = expressionAt(python.module(location.file), location);
      // Entries of two displays (a spread, an update) override each other on purpose.
      if (display?.kind !== "dict") continue;
      const index = display.entries.findIndex(
        (each) => each.kind === "pair" && each.key.span.start === entry.keyLocation.span.start,
      );
      const same = display.entries.some(
        (each) => each.kind === "pair" && each.key.span.start === later.keyLocation.span.start,
      );
      const brackets = bracketsOf(location.file, display);
      if (index < 0 || !same || !brackets) continue;
      yield {
        message: `This entry has no effect: “${entry.key}” is set twice, and Python keeps the last.`,
        location: entry.keyLocation,
        related: [{ location: later.keyLocation, message: "This one counts." }],
        tags: ["unnecessary"],
        fixes: [
          fix("Remove the entry without effect", [editsOf(location.file, removedItem(location.file, brackets, index))]),
        ],
      };
    }
  },
});
