import type { CommandWords, OptionWords } from "./words.ts";

/** Completion for fish: `charm-mesh completion fish | source`. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, description, options, words }) => [
    `complete -c charm-mesh -f -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...(words
      ? [`complete -c charm-mesh -f -n '__fish_seen_subcommand_from ${name}' -a ${quoted(words.join(" "))}`]
      : []),
    ...options.map((option) => optionLine(name, option)),
  ]);
  return `# fish completion for charm-mesh: charm-mesh completion fish | source\n${lines.join("\n")}\n`;
}

function optionLine(command: string, { short, long, description, takes }: OptionWords): string {
  const parts = [`complete -c charm-mesh -n '__fish_seen_subcommand_from ${command}'`, `-l ${long.slice(2)}`];
  if (short !== null) parts.push(`-s ${short.slice(1)}`);
  if (takes === "anything") parts.push("-r");
  else if (takes !== "nothing") parts.push(`-x -a ${quoted((takes as readonly string[]).join(" "))}`);
  return `${parts.join(" ")} -d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
