import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { charmMesh, folderWith, removed } from "./command-line.ts";

/** What is typed, with the words that a shell has to offer there; `…` where it may offer more. */
const LINES: readonly (readonly [typed: string, offered: readonly string[]])[] = [
  ["charm-mesh ", ["add-mesh", "can", "check", "diff", "drift", "graph", "lsp", "policies", "rules", "…"]],
  ["charm-mesh dr", ["drift"]],
  ["charm-mesh check --form", ["--format"]],
  ["charm-mesh check --format ", ["github", "json", "junit", "sarif", "text"]],
  ["charm-mesh check -f j", ["json", "junit"]],
  ["charm-mesh check coordinator --fail-on w", ["warning"]],
  ["charm-mesh can --via ", ["service", "unit"]],
  ["charm-mesh completion z", ["zsh"]],
  ["charm-mesh check coord", ["coordinator"]],
  ["charm-mesh drift --cluster clu", ["cluster.yaml"]],
];

/** A zsh that is typed into, on a terminal of its own: it prints what completion adds, one `HIT` a line, and `FINISHED` after each. */
const TYPED_INTO_ZSH = `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'source ./prepared.zsh'
zpty -r -m shell seen '*READY*'
for line in "$@"; do
  # Tab, then our own key, then away with the line.
  zpty -n -w shell "$line"$'\\t\\x18\\x15'
  zpty -r -m shell seen '*FINISHED*'
  print -r -- "$seen"
done
zpty -d shell
`;
const PREPARED = `PS1=
autoload -Uz compinit; compinit -u -D
source ./completion.zsh
compadd () {
  if [[ -z \${argv[(r)-[OAD]]} ]]; then
    typeset -a hits
    builtin compadd -A hits "$@"
    for hit in $hits; print -r -- "HIT $hit"
  fi
  builtin compadd "$@"
}
# A mark separates the words from the terminal's echo of this file.
zle-line-init () { print READ''Y }; zle -N zle-line-init
finish () { print FINI''SHED }; zle -N finish; bindkey '^X' finish
`;

const folder = folderWith({
  "coordinator/charmcraft.yaml": "name: tempo\n",
  "cluster.yaml": "",
  "typed.zsh": TYPED_INTO_ZSH,
  "prepared.zsh": PREPARED,
  "completion.zsh": charmMesh(["completion", "zsh"]).out,
  "completion.fish": charmMesh(["completion", "fish"]).out,
});
afterAll(() => removed(folder));

function ran(shell: string, args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const run = spawnSync(shell, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, TERM: "xterm" },
    timeout: 30_000,
  });
  return { code: run.status, out: run.stdout };
}

const installed = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

/** Holds the words that a shell offered for each line against those that it has to. */
function expectOffered(answers: readonly (readonly string[])[]): void {
  expect(answers.length).toBe(LINES.length);
  for (const [at, [typed, words]] of LINES.entries()) {
    const offered = [...new Set(answers[at])].sort();
    if (words.includes("…")) expect(offered, typed).toEqual(expect.arrayContaining(words.slice(0, -1)));
    else expect(offered, typed).toEqual([...words].sort());
  }
}

const lines = LINES.map(([typed]) => typed);

describe.runIf(installed("fish"))("fish, where it is installed", () => {
  test("takes the script", () => {
    expect(ran("fish", ["-n", "completion.fish"]).code).toBe(0);
  });

  test("offers what belongs at the cursor", () => {
    const asked = lines.map((line) => `complete -C '${line}'; echo FINISHED`).join("\n");
    const { out } = ran("fish", ["--no-config", "-c", `source completion.fish\n${asked}`]);
    const answers = out.split("FINISHED\n").slice(0, -1);
    expectOffered(answers.map((answer) => [...answer.matchAll(/^([^\t\n/]+)/gm)].map(([, word = ""]) => word)));
  });
});

describe.runIf(installed("zsh"))("zsh, where it is installed", () => {
  test("takes the script", () => {
    expect(ran("zsh", ["-n", "completion.zsh"]).code).toBe(0);
  });

  test("offers what belongs at the cursor", () => {
    const answers = ran("zsh", ["-f", "typed.zsh", ...lines])
      .out.split("FINISHED")
      .slice(0, -1);
    expectOffered(answers.map((answer) => [...answer.matchAll(/HIT (\S+)/g)].map(([, word = ""]) => word)));
  });
});
