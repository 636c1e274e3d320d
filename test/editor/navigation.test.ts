import { describe, expect, test } from "vitest";
import { definition, highlights, references, renameable, renamed } from "#ide";
import { applyEdits, type FileEdit } from "#syntax";
import { MINI_CONSUMER, MINI_COORDINATOR } from "../support/minicharms.ts";
import { placed, type Scene, scene, sceneAt } from "./scene.ts";

const places = (found: readonly Parameters<typeof placed>[0][] | undefined): string[] => (found ?? []).map(placed);

describe("definition", () => {
  test("from a value of the endpoint map to the relation", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "src/charm.py", '"mini-cluster"', 3);
    expect(places(definition(analysis, path, offset)?.places)).toEqual(["charmcraft.yaml:9 mini-cluster"]);
  });

  test("from a policy's relation to the relation", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "src/charm.py", '"mini-api"', 1);
    expect(places(definition(analysis, path, offset)?.places)).toEqual(["charmcraft.yaml:15 mini-api"]);
  });

  test("from a port to the place where its number stands", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "src/charm.py", "ports=[Mini.http_port]", 10);
    expect(places(definition(analysis, path, offset)?.places)).toEqual(["src/mini.py:2 http_port"]);
  });

  test("nowhere from what means nothing to the mesh", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "src/charm.py", "nginx_config", 2);
    expect(definition(analysis, path, offset)).toBeNull();
  });
});

describe("references", () => {
  test("of a relation: both languages, with and without its declaration", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "charmcraft.yaml", "mini-api:", 2);
    expect(places(references(analysis, path, offset, true))).toEqual([
      "charmcraft.yaml:15 mini-api",
      "src/charm.py:55 mini-api",
    ]);
    expect(places(references(analysis, path, offset, false))).toEqual(["src/charm.py:55 mini-api"]);
    expect(places(highlights(analysis, path, offset))).toEqual(["charmcraft.yaml:15 mini-api"]);
  });
});

describe("rename", () => {
  const after = (edits: readonly FileEdit[], { analysis }: Scene): Record<string, string> =>
    Object.fromEntries(
      edits.map((edit) => {
        const file = [...(analysis.charms[0]?.charm.files.values() ?? [])].find((each) => each.path === edit.path);
        return [edit.path, applyEdits(file?.text ?? "", edit.edits)];
      }),
    );

  test("changes YAML, strings, event attributes and tests", async () => {
    const at = await scene(
      MINI_CONSUMER,
      `
//- tests/test_charm.py
from ops.testing import Relation

def test_website():
    Relation("web$0site")
    assert "website" in "a website"
//- src/extra.py
class Extra:
    def __init__(self, charm):
        charm.framework.observe(charm.on.website_relation_changed, self.run)
        charm.framework.observe(charm.on["website"].relation_created, self.run)
        charm.model.get_relation("website")
`,
    );
    const made = renamed(at.analysis, at.path, at.offset, "shop-window");
    if (made === null || "refusal" in made) throw new Error("refused");
    const files = after(made.edits, at);
    expect(files["charmcraft.yaml"]).toContain("\n  shop-window:\n    interface: http");
    expect(files["tests/test_charm.py"]).toContain('Relation("shop-window")');
    expect(files["src/extra.py"]).toContain("on.shop_window_relation_changed");
    expect(files["src/extra.py"]).toContain('on["shop-window"].relation_created');
    expect(files["src/extra.py"]).toContain('get_relation("shop-window")');
    // A string that merely says the same is the user's to decide.
    expect(files["tests/test_charm.py"]).toContain('assert "website" in');
    expect(made.uncertain.flatMap((edit) => edit.edits)).toHaveLength(1);
  });

  test("leaves a key of the endpoint map alone, where the relation is called like it", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "src/charm.py", '"logging": "logging"', 13);
    const made = renamed(analysis, path, offset, "log-sink");
    if (made === null || "refusal" in made) throw new Error("refused");
    const edits = [...made.edits, ...made.uncertain].filter((each) => each.path === path);
    const text = analysis.charmOf(path)?.charm.files.get("src/charm.py")?.text ?? "";
    const edited = applyEdits(
      text,
      edits.flatMap((each) => each.edits),
    );
    expect(edited).toContain('"logging": "log-sink"');
  });

  test("names the exact text that it replaces", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "src/charm.py", '"mini-api"', 4);
    const found = renameable(analysis, path, offset);
    if (found === null || "refusal" in found) throw new Error("refused");
    expect(placed(found.place)).toBe("src/charm.py:55 mini-api");
    expect(found.name).toBe("mini-api");
  });

  test.each([
    ["Web Site", "is no name for a relation"],
    ["metrics-endpoint", "is declared already"],
  ])("refuses the name “%s”", async (name, reason) => {
    const { analysis, path, offset } = await sceneAt(MINI_CONSUMER, "charmcraft.yaml", "website:", 1);
    expect(renamed(analysis, path, offset, name)).toEqual({ refusal: expect.stringContaining(reason) });
  });

  test("refuses a relation whose name the library assumes", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_CONSUMER, "charmcraft.yaml", "service-mesh:", 1);
    expect(renameable(analysis, path, offset)).toEqual({ refusal: expect.stringContaining("mesh_relation_name=") });
  });

  test.each([
    ["from charmlibs.interfaces.sloth import SlothProvider", "SlothProvider(charm)", "SlothProvider"],
    ["from charmlibs.interfaces.sloth import SlothProvider as Slo", "Slo(charm)", "SlothProvider"],
    ["from charmlibs.interfaces import sloth", "sloth.SlothProvider(charm)", "SlothProvider"],
    ["from charmlibs.interfaces.sloth import SlothProvider", 'SlothProvider(charm, "sloth")', null],
    ["from charmlibs.interfaces.sloth import SlothProvider", 'SlothProvider(charm, relation_name="sloth")', null],
    ["from elsewhere import SlothProvider", "SlothProvider(charm)", null],
  ])("refuses a relation whose name a packaged library assumes: %s, %s", async (imported, call, className) => {
    const at = await scene(
      "",
      `//- charmcraft.yaml
name: slo-k8s
type: charm
provides:
  slo$0th: {interface: sloth}
//- src/charm.py
${imported}

class Slo:
    def __init__(self, charm):
        ${call}
`,
    );
    const found = renamed(at.analysis, at.path, at.offset, "other");
    if (className === null) expect(found).not.toHaveProperty("refusal");
    else expect(found).toEqual({ refusal: expect.stringContaining(`${className} takes “sloth” by default`) });
  });

  const LIBRARY = `
//- lib/charms/store/v0/database.py
DEFAULT = "website"

class Database:
    def __init__(self, charm, relation_name=DEFAULT, *, events=None): ...
`;
  test.each([
    ["Database(self)", "Database takes “website” by default; give it relation_name= first."],
    ["Database(self, events=None)", "Database takes “website” by default; give it relation_name= first."],
    ["Database(self, 'website')", null],
    ["Database(self, relation_name='website')", null],
    ["Database(self, **options)", null],
  ])("refuses a relation whose name a vendored library assumes: %s", async (call, refusal) => {
    const at = await scene(
      MINI_CONSUMER,
      `${LIBRARY}
//- src/extra.py
from charms.store.v0.database import Database

class Extra:
    def __init__(self, charm):
        charm.model.get_relation("web$0site")
        ${call}
`,
    );
    const found = renameable(at.analysis, at.path, at.offset);
    expect(found && "refusal" in found ? found.refusal : null).toBe(refusal);
  });

  test.each([
    ['meta={"requires": {"website": {"interface": "http"}}}', "a dict"],
    ['meta="""\nname: x\nrequires:\n  website:\n    interface: http\n"""', "YAML in a string"],
  ])("asks about every place of a test that makes up a charm of its own: %s", async (meta) => {
    const at = await scene(
      MINI_CONSUMER,
      `
//- tests/test_library.py
def test():
    context = Context(SomeCharm, ${meta})
    Relation("website")
//- tests/test_charm.py
def test():
    Relation("web$0site")
`,
    );
    const made = renamed(at.analysis, at.path, at.offset, "shop-window");
    if (made === null || "refusal" in made) throw new Error("refused");
    expect(made.edits.map(({ path }) => path)).toContain("tests/test_charm.py");
    expect(made.edits.map(({ path }) => path)).not.toContain("tests/test_library.py");
    expect(made.uncertain.map(({ path }) => path)).toEqual(["tests/test_library.py"]);
  });

  test("refuses the keys of the map, which are the library's", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "src/charm.py", '"grafana-dashboards"', 2);
    expect(renameable(analysis, path, offset)).toEqual({ refusal: expect.stringContaining("coordinated-workers") });
  });

  test("refuses while a Python file can't be fully read", async () => {
    const { analysis, path, offset } = await scene(
      MINI_CONSUMER,
      `
//- src/broken.py
def f(:
    return {"web$0site": [
`,
    );
    const yaml = analysis.charms[0]?.metadata.relations.find((each) => each.endpoint === "website")?.key;
    expect(path).toBe("src/broken.py");
    expect(offset).toBeGreaterThan(0);
    expect(renameable(analysis, "charmcraft.yaml", yaml?.span.start ?? 0)).toEqual({
      refusal: expect.stringContaining("can't be fully read"),
    });
  });

  test("leaves everything else to other servers", async () => {
    const { analysis, path, offset } = await sceneAt(MINI_COORDINATOR, "src/charm.py", "PROXY_PORT", 2);
    expect(renameable(analysis, path, offset)).toBeNull();
  });
});
