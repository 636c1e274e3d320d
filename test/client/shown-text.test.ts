import { expect, test, vi } from "vitest";
import type { Uri } from "vscode";
import { messageText, shownPath } from "../../client/src/shown-text.ts";

vi.mock("vscode", () => ({ workspace: { asRelativePath: (uri: string) => uri.replace("file:///w/", "") } }));

test("a hostile name is neither a command, nor a line, nor hidden in what the editor says", () => {
  expect(messageText("[Fix it](command:workbench.action.terminal.new)")).toBe(
    "[Fix it] (command:workbench.action.terminal.new)",
  );
  expect(messageText("a\nb\u202e")).toBe("a\\nb\\u202e");
  expect(shownPath("file:///w/a\n\u001b[2J" as unknown as Uri)).toBe("a\\n\\x1b[2J");
});
