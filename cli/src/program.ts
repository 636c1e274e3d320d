import { Command, CommanderError } from "commander";
import { readableStack } from "#disk";
import { addAddMesh } from "./commands/add-mesh.ts";
import { addCan } from "./commands/can.ts";
import { addCheck } from "./commands/check.ts";
import { addCompletion } from "./commands/completion.ts";
import { addDiff } from "./commands/diff.ts";
import { addDrift } from "./commands/drift.ts";
import { addExplain } from "./commands/explain.ts";
import { addGraph } from "./commands/graph.ts";
import { addInspect } from "./commands/inspect.ts";
import { addLsp } from "./commands/lsp.ts";
import { addPolicies } from "./commands/policies.ts";
import { addRules } from "./commands/rules.ts";
import { EXIT, Failure } from "./failure.ts";
import { processTerminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

const EPILOGUE = `
Exit codes: 0 fine · 1 findings, denied or not known, denials in a log, drift, differences · 2 wrong use or unreadable input.
Every command has --help with an example. Documentation: https://github.com/charm-mesh/charm-mesh`;

/** Runs the command line on some arguments and sets this process's exit code. */
export async function run(args: readonly string[]): Promise<void> {
  const terminal = processTerminal();
  const finish = (code: number): void => {
    process.exitCode = code;
  };
  const program = new Command("charm-mesh")
    .description("Service mesh policies of Juju charms: who may talk to whom, on what, and because of which line.")
    .version(VERSION)
    .showSuggestionAfterError()
    .addHelpText("after", EPILOGUE)
    .exitOverride();
  const commands = [
    addCheck,
    addInspect,
    addPolicies,
    addGraph,
    addCan,
    addDiff,
    addDrift,
    addExplain,
    addAddMesh,
    addRules,
    addCompletion,
  ];
  for (const add of commands) add(program, terminal, finish);
  addLsp(program);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version were asked for; everything else that commander ends with is wrong use, and it has said so.
      finish(error.exitCode === 0 ? EXIT.fine : EXIT.failure);
      return;
    }
    terminal.progress(null);
    if (error instanceof Failure) {
      for (const [index, line] of error.lines.entries())
        terminal.err(terminal.paintError("red", index === 0 ? `charm-mesh: ${line}` : line));
      if (error.hint !== null) terminal.err(error.hint);
    } else
      for (const line of `charm-mesh: ${error instanceof Error ? readableStack(error.stack ?? error.message) : String(error)}`.split(
        "\n",
      ))
        terminal.err(line);
    finish(EXIT.failure);
  }
}
