import { describe, expect, test } from "vitest";
import { namesOf, plainUri } from "../../server/src/names.ts";

const folder = (uri: string, name = "") => ({ uri, name });

describe("names of files", () => {
  test("one folder: paths are relative to it", () => {
    const names = namesOf([folder("file:///work/charms/")]);
    expect(names.pathOf("file:///work/charms/src/charm.py")).toBe("src/charm.py");
    expect(names.uriOf("src/charm.py")).toBe("file:///work/charms/src/charm.py");
    expect(names.uriOf("")).toBe("file:///work/charms");
    expect(names.uriOf("src/../../elsewhere")).toBeNull();
  });

  test("a file outside every folder has no name, a folder whose name only begins alike is outside", () => {
    const names = namesOf([folder("file:///work/charms")]);
    expect(names.pathOf("file:///work/charms-old/charm.py")).toBeNull();
    expect(names.pathOf("git:/work/charms/src/charm.py")).toBeNull();
  });

  test("several folders: the folder's name comes first, equal names get a number", () => {
    const names = namesOf([
      folder("file:///a/tempo", "tempo"),
      folder("file:///b/tempo", "tempo"),
      folder("file:///c/x", "x"),
    ]);
    expect(names.pathOf("file:///b/tempo/src/charm.py")).toBe("tempo-2/src/charm.py");
    expect(names.uriOf("tempo-2/src/charm.py")).toBe("file:///b/tempo/src/charm.py");
    expect(names.uriOf("tempo")).toBe("file:///a/tempo");
    expect(names.uriOf("nowhere/charm.py")).toBeNull();
  });

  test("a folder inside another, and one that comes twice, are not named a second time", () => {
    const names = namesOf([folder("file:///work/a"), folder("file:///work"), folder("file:///work/")]);
    expect(names.folders.map(({ uri }) => uri)).toEqual(["file:///work"]);
    expect(names.pathOf("file:///work/a/charm.py")).toBe("a/charm.py");
  });

  test("clients spell URIs differently", () => {
    const names = namesOf([folder("file:///c%3A/Users/Zo%C3%AB%20B/charm")]);
    expect(names.pathOf("file:///C:/Users/Zoë B/charm/src/ä b#.py")).toBe("src/ä b#.py");
    expect(names.uriOf("src/ä b#.py")).toBe("file:///c%3A/Users/Zo%C3%AB%20B/charm/src/%C3%A4%20b%23.py");
    expect(plainUri("file:///100%/x")).toBe("file:///100%/x");
  });
});
