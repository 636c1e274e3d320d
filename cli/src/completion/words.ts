import type { Command, Option } from "commander";
import type { Choice } from "../output.ts";

/** One option as a shell completes it. */
export interface OptionWords {
  readonly short: string | null;
  readonly long: string;
  readonly description: string;
  /** What it takes: one of some words, anything (files are offered), or nothing. */
  readonly takes: readonly string[] | "anything" | "nothing";
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its argument may be; null: a path, where `hasArgument`. */
  readonly words: readonly string[] | null;
  readonly hasArgument: boolean;
}

/** All that can be completed, read off the program itself, so that no list has to be kept in step. */
export function programWords(program: Command): readonly CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.map(optionWords), HELP],
    words: (command.registeredArguments[0]?.parseArg as Partial<Choice<string>> | undefined)?.allowed ?? null,
    hasArgument: command.registeredArguments.length > 0,
  }));
}

const HELP: OptionWords = { short: "-h", long: "--help", description: "display help for command", takes: "nothing" };

function optionWords(option: Option): OptionWords {
  const allowed = (option.parseArg as Partial<Choice<string>> | undefined)?.allowed;
  return {
    short: option.short ?? null,
    long: option.long ?? option.flags,
    description: option.description,
    takes: option.required || option.optional ? (allowed ?? "anything") : "nothing",
  };
}
