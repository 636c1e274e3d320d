import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { charmMesh, inFolder } from "./command-line.ts";

// Without a file that it can't read, a command's result is incomplete, so it must say so.
test("every command reports a charm's file that can't be read, and once", () => {
  inFolder({}, (folder) => {
    for (const state of ["before", "after"])
      cpSync("samples/observability", path.join(folder, state), { recursive: true });
    writeFileSync(path.join(folder, "after/storefront/src/charm.py"), Uint8Array.of(0x23, 0xff, 0xfe));
    const mentions = (text: string): number => text.split("storefront/src/charm.py").length - 1;
    for (const command of ["policies", "graph"]) {
      const run = charmMesh([command, "after"], folder);
      expect(run.err, command).toMatch(/^after\/storefront\/src\/charm\.py is not UTF-8/m);
      expect([run.code, mentions(run.err)], command).toEqual([0, 1]);
    }
    const compared = charmMesh(["diff", "./before", "./after"], folder);
    expect(compared.err).toMatch(/^\.\/after: storefront\/src\/charm\.py is not UTF-8/m);
    expect(mentions(compared.err)).toBe(1);
    const checked = charmMesh(["check", "after"], folder);
    expect(checked.out).toContain("error unreadable-file");
    expect([checked.code, mentions(checked.out), mentions(checked.err)]).toEqual([1, 1, 0]);
  });
});

test("a charm of which nothing could be read is nothing checked: that ends with 2 and says why", () => {
  inFolder({ "elsewhere/charmcraft.yaml": "name: x\n", "elsewhere/charm.py": "" }, (folder) => {
    mkdirSync(path.join(folder, "charm/src"), { recursive: true });
    symlinkSync(path.join(folder, "elsewhere/charmcraft.yaml"), path.join(folder, "charm/charmcraft.yaml"));
    symlinkSync(path.join(folder, "elsewhere/charm.py"), path.join(folder, "charm/src/charm.py"));
    const run = charmMesh(["check", "charm"], folder);
    expect([run.code, run.out]).toEqual([2, ""]);
    expect(run.err).toContain("charmcraft.yaml");
  });
});
