import type { CommandWords } from "./words.ts";

/** Completion for bash 3.2 and later, without the bash-completion package: `source <(charm-mesh completion bash)`. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ takes }) => takes !== "nothing")
      .map(({ short, long, takes }) => {
        const pattern = [long, short].filter((flag) => flag !== null).map((flag) => `"${name} ${flag}"`);
        return takes === "anything"
          ? `    ${pattern.join("|")}) return ;;`
          : `    ${pattern.join("|")}) COMPREPLY=($(compgen -W "${(takes as readonly string[]).join(" ")}" -- "$cur")); return ;;`;
      }),
  );
  const flags = commands.map(({ name, options }) => {
    const words = options.flatMap(({ short, long }) => (short === null ? [long] : [long, short]));
    return `      ${name}) COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$cur")) ;;`;
  });
  const given = commands.flatMap(({ name, words }) =>
    words ? [`      ${name}) COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$cur")) ;;`] : [],
  );
  return `# bash completion for charm-mesh: source <(charm-mesh completion bash)
_charm_mesh() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${names.join("|")}) command=$word; break ;;
    esac
  done
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W "${names.join(" ")} --help --version" -- "$cur"))
    return
  fi
  case "$command $previous" in
${values.join("\n")}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${flags.join("\n")}
    esac
  else
    case $command in
${given.join("\n")}
    esac
  fi
}
# Where nothing of ours fits, paths do.
complete -o default -F _charm_mesh charm-mesh
`;
}
