import { expect, test } from "vitest";
import { renameSweep, workspaceBelow } from "./rename-problems.ts";

/* `npm run renames` does the same with charms outside the repository. */
test.each(["samples/observability", "samples/faulty"])(
  "every relation of %s is renamed, and the workspace checks as before",
  async (folder) => {
    const results = renameSweep(await workspaceBelow(folder));
    expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
    const renamed = results.filter(({ refusal }) => refusal === null);
    expect(renamed.length).toBeGreaterThan(5);
    expect(renamed.flatMap(({ silent }) => silent).filter(({ isUnusual }) => isUnusual)).toEqual([]);
    for (const { relation, silent } of renamed) expect(silent.length, relation).toBeGreaterThan(0);
    // The keys of the endpoint map stay: they are coordinated-workers' own words.
    expect(renamed.flatMap(({ left }) => left).filter(({ place }) => !/: "«[\w-]+»": /.test(place))).toEqual([]);
  },
);
