import { describe, expect, test } from "vitest";
import { readWorkspace } from "#disk";
import { type Analysis, analysis, DEFAULT_SETTINGS, editedWorkspace, renamed } from "#ide";

/** What is found in a workspace, without the places, which an edit moves. */
function findings(of: Analysis, from: string, to: string): string[] {
  return of
    .diagnostics()
    .map(({ code, severity, location }) => `${location.file.path} ${severity} ${code}`)
    .map((each) => each.replaceAll(from, to))
    .sort();
}

describe.each(["samples/observability", "samples/faulty"])("every relation of %s is renamed", (folder) => {
  test("and the workspace checks as before", async () => {
    const disk = await readWorkspace([folder], { base: "." });
    const workspace = {
      charms: disk.charms,
      topologies: disk.topologies,
      settingsFiles: disk.settings,
      settings: DEFAULT_SETTINGS,
    };
    const before = analysis(workspace);
    let count = 0;
    for (const charm of before.charms) {
      for (const { endpoint, key } of charm.metadata.relations) {
        const newName = `${endpoint}x`;
        const made = renamed(before, key.file.path, key.span.start, newName);
        if (made === null || "refusal" in made) continue;
        count++;
        const after = analysis(editedWorkspace(workspace, made.edits));
        expect(findings(after, newName, endpoint), `${charm.charm.root}: ${endpoint}`).toEqual(
          findings(before, newName, endpoint),
        );
      }
    }
    expect(count).toBeGreaterThan(5);
  });
});
