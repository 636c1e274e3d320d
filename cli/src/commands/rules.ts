import type { Command } from "commander";
import { RULES, ruleDocumentation } from "#ide";
import { EXIT } from "../failure.ts";
import { choice, jsonText } from "../output.ts";
import { tableText } from "../report/table.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;

/** Adds `rules`: the catalogue of all findings. */
export function addRules(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command("rules")
    .description("list every rule with its severity and its page")
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "text")
    .addHelpText("after", "\nExample:\n  charm-mesh rules --format json")
    .action((options: { format: (typeof FORMATS)[number] }) => {
      const rules = RULES.map((rule) => ({
        name: rule.name,
        severity: rule.severities[0],
        severities: rule.severities,
        summary: rule.summary,
        documentation: ruleDocumentation(rule.name),
      }));
      if (options.format === "json") terminal.document(jsonText({ version: 1, rules }));
      else
        terminal.out(
          tableText(
            ["RULE", "SEVERITY", "WHAT IT REPORTS"],
            rules.map((rule) => [rule.name, rule.severity, rule.summary]),
            (text) => terminal.paint("bold", text),
          ),
        );
      finish(EXIT.fine);
    });
}
