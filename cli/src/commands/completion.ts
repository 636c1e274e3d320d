import type { Command } from "commander";
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { type CommandWords, programWords } from "../completion/words.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { EXIT } from "../failure.ts";
import { choice } from "../output.ts";
import type { Terminal } from "../terminal.ts";

const SHELLS: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Adds `completion`: a script that teaches a shell the commands, their options and the words that those take. */
export function addCompletion(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command("completion")
    .description("print the completion script of a shell: bash, zsh or fish")
    .argument("<shell>", "bash, zsh, fish", choice("completion", Object.keys(SHELLS)))
    .addHelpText(
      "after",
      "\nExamples:\n  source <(charm-mesh completion bash)        # in ~/.bashrc\n  source <(charm-mesh completion zsh)         # in ~/.zshrc, after compinit\n  charm-mesh completion fish | source         # in ~/.config/fish/config.fish",
    )
    .action((shell: string) => {
      terminal.document(SHELLS[shell]?.(programWords(program)) ?? "");
      finish(EXIT.fine);
    });
}
