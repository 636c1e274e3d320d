import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { analysis, RULE_GROUPS, RULES, type Rule, ruleDocumentation, ruleNamed } from "#ide";
import { meshMembership } from "#mesh";
import type { PythonParser } from "#syntax";
import { charmFacts } from "../../engine/ide/src/rules/charm-facts.ts";
import { only } from "../../engine/ide/src/rules/rule.ts";
import { ruleIndex } from "../../scripts/rule-index.mjs";
import { fixtureFiles } from "../support/charm-fixture.ts";
import { pythonParser } from "../support/python.ts";
import { PAGE_CHARMS } from "./page-charms.ts";
import { rulePage } from "./rule-page.ts";
import { workspaceOf } from "./scene-diagnostics.ts";

const names = RULES.map((rule) => rule.name);
const sources = readdirSync("engine/ide/src/rules")
  .map((file) => [file.replace(/\.ts$/, ""), readFileSync(`engine/ide/src/rules/${file}`, "utf8")] as const)
  .filter(([, text]) => /= (?:charm|cluster|deployment|directive)Rule\(/.test(text));

describe("one rule, one file, one name", () => {
  it("registers every rule file, and every rule has a file of its name", () => {
    expect([...names].sort()).toEqual(sources.map(([name]) => name).sort());
    for (const [name, text] of sources) {
      expect(text.match(/(?:charm|cluster|deployment|directive)Rule\(\{/g), name).toHaveLength(1);
      expect(text, name).toContain(`name: "${name}"`);
    }
  });

  it("names no rule twice", () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it("names problems in words, and gives each a sentence and a severity", () => {
    for (const rule of RULES) {
      expect(rule.name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(rule.summary, rule.name).toMatch(/^[A-Z`].*\.$/);
      expect(rule.severities.length, rule.name).toBeGreaterThan(0);
      expect(ruleNamed(rule.name)).toBe(rule);
      expect(ruleDocumentation(rule.name)).toContain(`docs/rules/${rule.name}.md`);
    }
    expect(ruleNamed("no-such-rule")).toBeNull();
  });
});

describe("documentation", () => {
  it("has a page for every rule and no page for another", () => {
    const pages = readdirSync("docs/rules").filter((file) => file !== "README.md");
    expect(pages.sort()).toEqual(names.map((name) => `${name}.md`).sort());
  });

  it.each(names)("%s has a failing example and a right one", (name) => {
    const page = rulePage(name);
    expect(page.example.some((scene) => scene.expected.some((each) => each.code === name))).toBe(true);
    expect(page.instead.length).toBeGreaterThan(0);
  });

  it("lists every rule in docs/rules/README.md as the registry has it", () => {
    expect(readFileSync("docs/rules/README.md", "utf8")).toBe(
      ruleIndex(RULE_GROUPS, (name) => readFileSync(`docs/rules/${name}.md`, "utf8")),
    );
  });

  it("gives every severity of the catalogue to the rule that the page shows", () => {
    for (const rule of RULES) {
      const shown = new Set(
        rulePage(rule.name)
          .example.flatMap((scene) => scene.expected)
          .filter((each) => each.code === rule.name)
          .map((each) => each.severity),
      );
      expect([...shown].sort(), rule.name).toEqual([...rule.severities].sort());
    }
  });
});

describe("declared inputs", () => {
  let parser: PythonParser;
  beforeAll(async () => {
    parser = await pythonParser();
  });

  /** Facts that tell which of them are asked for. */
  function watched<T extends object>(facts: T, asked: Set<string>): T {
    return new Proxy(facts, {
      get(target, key) {
        if (typeof key === "string") asked.add(key);
        return Reflect.get(target, key);
      },
    });
  }

  it.each(RULES.filter((rule) => rule.scope !== "directives").map((rule) => [rule.name, rule] as const))(
    "%s asks for what it declares and nothing else",
    (_, rule) => {
      const asked = new Set<string>();
      drain(rule, (facts) => watched(facts, asked));
      expect([...asked].sort()).toEqual([...rule.needs].sort());
    },
  );

  /** Runs a rule on every page charm, so that each of its inputs is asked for somewhere. */
  function drain(rule: Rule, watch: <T extends object>(facts: T) => T): void {
    const page = rulePage(rule.name);
    for (const scene of [...page.example, ...page.instead]) run(rule, scene.files, watch);
    run(rule, fixtureFiles(PAGE_CHARMS), watch);
  }

  function run(rule: Rule, files: ReadonlyMap<string, string>, watch: <T extends object>(facts: T) => T): void {
    const { charms, topologies, clusters } = analysis(workspaceOf(files), parser);
    if (rule.scope === "charm") for (const model of charms) Array.from(rule.findings(watch(charmFacts(model, parser))));
    if (rule.scope === "cluster")
      for (const { coordinator, worker } of clusters)
        Array.from(rule.findings(watch(charmFacts(coordinator, parser)), watch(charmFacts(worker, parser))));
    if (rule.scope === "deployment")
      for (const topology of topologies) {
        const charmNamed = (name: string | null) => {
          const model = charms.find((each) => each.metadata.name === name);
          return model ? charmFacts(model, parser) : null;
        };
        const facts = { topology, charmNamed, onMesh: meshMembership(topology, topology.mode) };
        Array.from(rule.findings(watch(facts)));
      }
  }

  it("hands on nothing but what is declared, and works out nothing before it is asked for", () => {
    let worked = 0;
    const facts = {
      metadata: 1,
      get wiring() {
        worked++;
        return 2;
      },
    };
    const handed = only(facts, ["wiring"]);
    expect(Object.keys(handed)).toEqual(["wiring"]);
    expect(worked).toBe(0);
    expect(handed.wiring).toBe(2);
  });
});
