import { test } from "vitest";
import { startedEditor } from "./driver/editor.ts";
test("scratch", async () => {
  const editor = await startedEditor({ sample: "observability" });
  try {
  await editor.openFile("coordinator/src/charm.py");
  await editor.run("Charm Mesh: Show Traffic Graph");
  await editor.page.waitForTimeout(8000);
  console.log(editor.page.frames().map((f) => f.name() + " " + f.url()));
  } finally {
  await editor.picture("scratch");
  await editor.stop(); }
});
