import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PyModule, parsePython, type SourceFile, sourceFile } from "#syntax";
import { breakages, charm } from "./breakages.ts";
import { program } from "./generated.ts";
import { outline } from "./outline.ts";

/** The file after an edit, read as an editor reads it: with the file before at hand. */
function typed(previous: SourceFile, text: string): { file: SourceFile; module: PyModule } {
  parsePython(previous);
  const file = sourceFile(previous.path, text, previous.version + 1);
  return { file, module: parsePython(file, previous) };
}

const fresh = (text: string) => parsePython(sourceFile("x.py", text));

describe("an edited file", () => {
  it("is read as if there had been no edit, where it parses", () => {
    const edit = fc.record({
      at: fc.nat(),
      gone: fc.nat({ max: 40 }),
      text: fc.constantFrom("x", "", "1", "a.b", "\n", "# c", "def f(): pass\n", '"s"'),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(charm), program),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (start, edits) => {
          let file = sourceFile("x.py", start);
          for (const { at, gone, text } of edits) {
            const from = at % (file.text.length + 1);
            const next = typed(file, file.text.slice(0, from) + text + file.text.slice(from + gone));
            const alone = fresh(next.file.text);
            expect(next.module.damaged).toBe(alone.damaged);
            if (!alone.damaged) expect(next.module).toEqual(alone);
            file = next.file;
          }
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });

  it("keeps the very nodes of what stands before the edit", () => {
    const before = sourceFile("x.py", charm);
    const old = parsePython(before);
    const { module } = typed(before, charm.replace("self._level = level", "self._level = levels"));
    expect(module.damaged).toBe(false);
    expect(module.body[0]).toBe(old.body[0]);
    const [was, is] = [old, module].map((each) => each.body.find((node) => node.kind === "class"));
    expect(was?.kind === "class" && is?.kind === "class" && was.body[3] === is.body[3]).toBe(true);
  });

  it("is whole again after the breakage is undone", () => {
    for (const { from, to } of breakages) {
      const broken = typed(
        sourceFile("x.py", charm),
        charm.replace(from, () => to),
      );
      expect(typed(broken.file, charm).module).toEqual(fresh(charm));
    }
  });
});

describe("what can't be read now", () => {
  const whole = sourceFile("x.py", charm);

  function stale(from: string, to: string) {
    expect(charm.split(from).length).toBe(2);
    const { file, module } = typed(
      whole,
      charm.replace(from, () => to),
    );
    const spans = module.stale.map((span) => file.text.slice(span.start, span.end));
    return { facts: outline(module), module, spans };
  }

  it("keeps the last good value of an argument", () => {
    const { facts, module } = stale("roles_config=ROLES,", "roles_config=,");
    expect(facts.some((fact) => fact.endsWith("Coordinator roles_config=ROLES"))).toBe(true);
    expect(module.damaged).toBe(true);
    expect(module.stale.length).toBe(1);
  });

  it("keeps the last good pair of a map, its key too", () => {
    for (const to of ['"logging": "logg,', '"logging": ,', '"logging": self.,', '"', '"logging: "logging",']) {
      const { facts, module } = stale('"logging": "logging",', to);
      expect(
        facts.filter((fact) => fact.includes('["logging"] "logging"')),
        to,
      ).toHaveLength(1);
      expect(module.stale.length, to).toBeGreaterThan(0);
    }
  });

  it("keeps a whole statement, a head, an import", () => {
    expect(stale("self._level = level", "self._level =").facts).toContain(
      "class LedgerCoordinator / function _apply / self._level = level",
    );
    expect(stale("PROXY_PORT = 3180", "PROXY_PORT = 31 80").facts).toContain("PROXY_PORT = 3180");
    expect(stale("if self.coordinator.tls_available:", "if self.:").facts).toContain(
      "class LedgerCoordinator / function _external_url / if self.coordinator.tls_available",
    );
    expect(stale("from ops import CharmBase, main", "from ops import").facts).toContain(
      "from ops import CharmBase as ",
    );
    expect(
      stale("def _apply(self, level: str, strict: bool = False) -> Optional[str]:", "def _apply(self, level: )):")
        .facts,
    ).toContain("class LedgerCoordinator / function _apply(self, level)");
  });

  it("is found again from one half-typed state to the next", () => {
    let file = whole;
    for (const value of ["PROXY_PORT = 3180 (", "PROXY_PORT = 3180 (4", "PROXY_PORT = 3180 (4,"]) {
      const next = typed(file, charm.replace("PROXY_PORT = 3180", value));
      expect(next.module.damaged).toBe(true);
      file = next.file;
    }
    expect(outline(typed(file, charm).module)).toEqual(outline(fresh(charm)));
  });

  it("has its place where it was broken, never outside of the file", () => {
    for (const { from, to } of breakages) {
      const { module, file } = typed(
        whole,
        charm.replace(from, () => to),
      );
      for (const span of [...module.stale, ...module.recovered, ...module.problems.map((problem) => problem.span)]) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(file.text.length);
      }
    }
  });

  it("stays broken where nothing stood before", () => {
    const { module, spans } = stale(
      "ports=[3200]),\n            ],",
      "ports=[3200]),\n                AppPolicy(\n            ],",
    );
    expect(spans).toEqual([]);
    expect(module.damaged).toBe(true);
  });
});
