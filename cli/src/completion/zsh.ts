import type { CommandWords, OptionWords } from "./words.ts";

/** Completion for zsh, as a function for a folder of `fpath` or for `source <(charm-mesh completion zsh)`. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const described = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`);
  const cases = commands.map(({ name, options, words, hasArgument }) => {
    const parts = [
      ...options.map(argument),
      ...(hasArgument ? [quoted(words ? `1:value:(${words.join(" ")})` : "*:path:_files")] : []),
    ];
    return `    ${name})\n      _arguments -s \\\n        ${parts.join(" \\\n        ")} ;;`;
  });
  return `#compdef charm-mesh
# zsh completion for charm-mesh: source <(charm-mesh completion zsh)
_charm_mesh() {
  local -a commands
  commands=(
${described.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    return
  fi
  local command=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
if [[ \${funcstack[1]} == _charm_mesh ]]; then
  _charm_mesh "$@"
else
  compdef _charm_mesh charm-mesh
fi
`;
}

/** One option as `_arguments` takes it: `(-f --format)`, then either spelling, what it does, and what it takes. */
function argument({ short, long, description, takes }: OptionWords): string {
  const text = `[${description.replace(/[[\]\\]/g, "\\$&")}]`;
  const value =
    takes === "nothing"
      ? ""
      : takes === "anything"
        ? ":value:_files"
        : `:value:(${(takes as readonly string[]).join(" ")})`;
  if (short === null) return quoted(`*${long}${text}${value}`);
  return `${quoted(`(${short} ${long})`)}{${short},${long}}${quoted(`${text}${value}`)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
