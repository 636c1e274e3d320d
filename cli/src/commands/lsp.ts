import { existsSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { Failure } from "../failure.ts";

/**
 * Adds `lsp`: the language server for any editor. The server is a separate program beside this one; it takes
 * over this process, so that the command line does not depend on it and starts without it.
 */
export function addLsp(program: Command): void {
  program
    .command("lsp")
    .description("run the language server (LSP 3.17) for an editor")
    .option("--stdio", "talk over standard input and output (the only way there is)")
    .addHelpText(
      "after",
      "\nExample (Neovim):\n  vim.lsp.start({ name = 'charm-mesh', cmd = { 'charm-mesh', 'lsp', '--stdio' } })",
    )
    .action(() => {
      const server = path.join(__dirname, "server-node.js");
      if (!existsSync(server)) throw new Failure(`The language server is missing: ${server}`);
      if (!process.argv.includes("--stdio")) process.argv.push("--stdio");
      require(server);
    });
}
