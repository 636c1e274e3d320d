import { expect, test } from "vitest";
import { filesBelow, textOf } from "../tidy/source-tree.ts";
import { charmMesh } from "./command-line.ts";

/** The command lines of ours in the pages' shell blocks, without what is piped, written elsewhere or remarked. */
function commandLines(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block
      .split("\n")
      .map((line) => /^(?:npx )?charm-mesh (.*)/.exec(line)?.[1]?.split(/ +(?:#|[|>])/)[0] ?? "")
      .filter((line) => line !== ""),
  );
}

test("every command line in the README and the guides names a command, and options that it has", () => {
  const lines = ["README.md", ...filesBelow("docs/guide", /\.md$/)].flatMap(commandLines);
  expect(lines.length).toBeGreaterThan(20);
  const helps = new Map<string, string>();
  for (const line of lines) {
    const [command = "", ...words] = line.split(" ");
    if (!helps.has(command)) helps.set(command, charmMesh([command, "--help"]).out);
    const help = helps.get(command) ?? "";
    expect(help, line).toContain(`Usage: charm-mesh ${command}`);
    for (const word of words.filter((each) => each.startsWith("--")))
      expect(help.split(/[\s,=]+/), `${line}: ${word}`).toContain(word.split("=")[0]);
  }
});
