import type { Command } from "commander";
import { inspection } from "#ide";
import { EXIT } from "../failure.ts";
import { choice, collected, jsonText } from "../output.ts";
import { inspectionText } from "../report/inspection-text.ts";
import { openedSession } from "../session.ts";
import { commandLineSettings } from "../settings.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;

/** Adds `inspect`: what was read from each charm, with what could not be read and why. */
export function addInspect(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command("inspect [paths...]")
    .description("show what was read from the charms below PATHS, and what could not be read")
    .option("-f, --format <format>", FORMATS.join(", "), choice("--format", FORMATS), "text")
    .option("--exclude <path>", "leave out what lies at or below this path (again for more)", collected)
    .addHelpText("after", "\nExamples:\n  charm-mesh inspect coordinator\n  charm-mesh inspect . --format json")
    .action(async (paths: string[], options: { format: (typeof FORMATS)[number]; exclude?: string[] }) => {
      const session = await openedSession(
        paths,
        { settings: commandLineSettings([]), exclude: options.exclude ?? [] },
        terminal,
      );
      const read = inspection(session.analysis.charms);
      if (options.format === "json") terminal.document(jsonText(read));
      else terminal.out(inspectionText(session.analysis.charms, terminal.paint));
      finish(EXIT.fine);
    });
}
