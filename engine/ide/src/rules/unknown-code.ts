import { replacementFix } from "../edits/fix.ts";
import { closestName } from "../fixes/closest-name.ts";
import { directiveRule } from "./rule.ts";

/** A misspelt code suppresses and sets nothing. */
export const unknownCode = directiveRule({
  name: "unknown-code",
  summary: "A suppression comment or a setting names a code that does not exist, or a setting a value.",
  severities: ["warning"],
  *findings({ suppressions, settings, settingProblems, codes }) {
    yield* settingProblems;
    for (const { code, location } of [...suppressions, ...settings]) {
      if (code === null || codes.includes(code)) continue;
      const meant = closestName(code, codes);
      yield {
        message: `This code has no effect: there is no rule “${code}”${meant ? `. Did you mean “${meant}”?` : "."}`,
        location,
        fixes: meant ? [replacementFix(`Use ${meant}`, location, meant)] : [],
      };
    }
  },
});
