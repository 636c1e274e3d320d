import { METHOD_MEMBERS } from "#charm";
import { replacementFix } from "../edits/fix.ts";
import { closestName } from "../fixes/closest-name.ts";
import { charmRule } from "./rule.ts";

/** What every Enum class has beside its members; none of these is a mistake. */
const OF_EVERY_ENUM = /^(?:_.*|name|value|mro)$/;

/** The members of the library's Method are lower case. */
export const unknownMethodMember = charmRule({
  name: "unknown-method-member",
  summary: "A member that the Method enum does not have; its members are lower case.",
  severities: ["error"],
  *findings({ methodMembers }) {
    const members = METHOD_MEMBERS.value;
    for (const { name, location } of methodMembers) {
      if (members.has(name) || OF_EVERY_ENUM.test(name)) continue;
      const lower = name.toLowerCase();
      const meant = members.has(lower) ? lower : closestName(lower, members.keys());
      yield {
        message: `This charm fails with an AttributeError: Method has no member \`${name}\`${meant ? `. Did you mean \`Method.${meant}\`?` : "."}`,
        location,
        fixes: meant ? [replacementFix(`Use Method.${meant}`, location, meant)] : [],
      };
    }
  },
});
