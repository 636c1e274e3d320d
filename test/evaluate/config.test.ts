import { describe, expect, it } from "vitest";
import { asBool, asInt } from "../../engine/python/src/evaluate/evaluation.ts";
import { chainOf, plain, probe, probed } from "./probing.ts";

const charm = (expression: string, base = "ops.CharmBase") => `
import ops
class C(${base}):
    def __init__(self):
        self._port = self.config["port"]
    def go(self):
        probe(${expression})
`;
const CONFIG = { port: 9080, quoted: "8082", flag: false, unset: null };

describe("config options", () => {
  it("I20 resolves to the default, and says that it is configurable", () => {
    for (const expression of [
      'int(self.config["port"])',
      'self.config.get("port")',
      'self.model.config["port"]',
      "self._port",
    ]) {
      const [value] = probed(charm(expression), CONFIG);
      expect(value && [plain(value), value.configurable], expression).toEqual([9080, ["port"]]);
      expect(value && asInt(value)).toMatchObject({ kind: "known", value: 9080, configurable: ["port"] });
      expect(chainOf(value).at(-1)).toContain("config option `port` has the default 9080");
    }
  });

  it("I20 casts a quoted default", () => {
    expect(probe(charm('int(self.config["quoted"])'), CONFIG)).toBe(8082);
    expect(probe(charm('self.config["quoted"]'), CONFIG)).toBe("8082");
    expect(
      probe(charm('typing.cast(int, self.config["port"])').replace("import ops", "import ops, typing"), CONFIG),
    ).toBe(9080);
  });

  it("is never sure about what an operator may set", () => {
    expect(probe(charm('80 if self.config["flag"] else 81'), CONFIG)).toEqual({ oneOf: [80, 81] });
    expect(probe(charm('self.config["port"] == 9080'), CONFIG)).toEqual({ unknown: expect.any(String) });
    const [flag] = probed(charm('bool(self.config["flag"])'), CONFIG);
    expect(flag && asBool(flag)).toMatchObject({ kind: "known", value: false, configurable: ["flag"] });
  });

  it("takes the fallback of an option without a default", () => {
    expect(probe(charm('self.config.get("unset") or 80'), CONFIG)).toBe(80);
    expect(probe(charm('self.config.get("unset", 81)'), CONFIG)).toBe(81);
    expect(probe(charm('self.config["unset"]'), CONFIG)).toEqual({ unknown: expect.stringContaining("no default") });
    expect(probe(charm('self.config["undeclared"]'), CONFIG)).toEqual({
      unknown: expect.stringContaining("undeclared"),
    });
  });

  it("knows the config of components, whatever they call the charm", () => {
    const component = (expression: string) => `
from framework import Component
class Mesh(Component):
    def go(self, charm, thing):
        probe(${expression})
`;
    expect(probe(component('self._charm.config["port"]'), CONFIG)).toBe(9080);
    expect(probe(component('self._charm.model.config["port"]'), CONFIG)).toBe(9080);
    expect(probe(component('charm.config["port"]'), CONFIG)).toBe(9080);
    expect(probe(component('thing.config["port"]'), CONFIG)).toEqual({ unknown: expect.any(String) });
    expect(
      probe(
        "import ops\nclass C(ops.CharmBase):\n    config = {'port': 5}\n    def go(self):\n        probe(self.config['port'])",
        CONFIG,
      ),
    ).toBe(5);
  });
});
