import { expect, it } from "vitest";
import { type PyModule, parsePython, sourceFile } from "#syntax";
import { outline } from "./outline.ts";

const read = (text: string): PyModule => parsePython(sourceFile("charm.py", text));

const LINE = "from workers.coordinator import Roles, Coordinator\nport = 1\n";
const LINES =
  "from mesh.service import (\n    AppPolicy,\n    Endpoint as E,  # comment\n    UnitPolicy,\n)\nport = 1\n";

it.each([..."\"'[({)]}:=+@|"])("takes a %s out of an import into which it was typed", (mark) => {
  for (const [text, places] of [
    [LINE, ["workers", "coordinator", "Roles", "Coordinator"]],
    [LINES, ["mesh", "AppPolicy", "Endpoint", "UnitPolicy"]],
  ] as const) {
    const whole = outline(read(text));
    for (const name of places) {
      const typed = text.replace(name, `${name.slice(0, 2)}${mark}${name.slice(2)}`);
      const module = read(typed);
      expect(outline(module), typed).toEqual(whole);
      expect(module.damaged).toBe(true);
      expect(module.problems.map(({ span }) => typed.slice(span.start, span.end))).toEqual([mark]);
    }
  }
});

it("keeps the other names where more is wrong with one", () => {
  const module = read(LINES.replace("Endpoint as E", "End[po(int as E"));
  const names = JSON.stringify(module.body);
  expect(names).toContain("AppPolicy");
  expect(names).toContain("UnitPolicy");
  expect(names).not.toContain("Endpoint");
  expect(outline(module)).toEqual(expect.arrayContaining(outline(read("port = 1\n"))));
  const half = JSON.stringify(read('from ops import CharmBase, "ma\n').body);
  expect(half).toContain("CharmBase");
});

const CALL = `x = Coordinator(
    self,
    nginx=NginxConfig(
        server_name=self.hostname,
        enable_health_check=True,
        ports=[1, 2],
    ),
    endpoints={
        "cluster": "ledger-cluster",
        "s3": "s3",
    },
    proxy=(yield 1),
)
`;

it.each([
  ["a dot in a keyword argument's name", "enable_health", "enable_.health", "enable_"],
  ["a bracket behind a key", '"cluster":', '"cluster"[:', "cluster"],
  ["a parenthesis behind a key", '"cluster":', '"cluster"(:', "cluster"],
  ["a brace behind a key", '"cluster":', '"cluster"{:', "cluster"],
  ["a closing bracket in a word", "enable_health", "enable_)health", "enable_"],
])("keeps the rest of a long call around %s", (_, from, to, loses) => {
  const kept = (module: PyModule) =>
    [...JSON.stringify(module.body).matchAll(/"(?:text|value|id)":"(\w[\w-]*)"/g)]
      .map((match) => match[1] ?? "")
      .filter((name) => !name.includes(loses) && name !== "True");
  const whole = kept(read(CALL));
  expect(whole).toEqual(expect.arrayContaining(["server_name", "ports", "endpoints", "s3", "proxy"]));
  expect(kept(read(CALL.replace(from, to)))).toEqual(expect.arrayContaining(whole));
});
