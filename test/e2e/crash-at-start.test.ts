import { afterAll, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";
import { serverProcesses } from "./driver/server-processes.ts";

let editor: Editor | undefined;
afterAll(() => editor?.stop());

// What the real language client does when its server falls before it has answered the first time.
test.skipIf(SKIPPED.newest !== undefined)(
  "a server that falls while it starts is started again: one server, and one message",
  async () => {
    let killer: ReturnType<typeof setInterval> | undefined;
    const killed: number[] = [];
    editor = await startedEditor({
      sample: "observability",
      release: "newest",
      prepare: (folder) => {
        killer = setInterval(() => {
          const [running] = serverProcesses(folder);
          if (running === undefined || killed.includes(running)) return;
          process.kill(running, "SIGKILL");
          killed.push(running);
          if (killed.length === 2) clearInterval(killer);
        }, 20);
      },
    });
    await editor.openFile("coordinator/src/charm.py");
    await expect.poll(() => killed).toHaveLength(2);
    clearInterval(killer);
    await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor();
    const notifications = editor.page.locator(".notification-list-item", { hasText: "Charm Mesh" });
    await editor.page.locator(".codelens-decoration", { hasText: "Show traffic graph" }).waitFor();
    const [running] = serverProcesses(editor.folder);
    // Whatever asks the server asks the one that runs.
    await editor.run("Charm Mesh: Show Effective Policies");
    await editor.page.locator(".tab", { hasText: "policies" }).first().waitFor();
    await editor.picture("fell-while-starting");
    expect(await notifications.allTextContents()).toEqual([expect.stringContaining("was started again")]);
    expect(serverProcesses(editor.folder)).toEqual([running]);
  },
);
