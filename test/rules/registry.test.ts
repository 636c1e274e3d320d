import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES, ruleDocumentation } from "#ide";
import { RULE_GROUPS } from "../../engine/ide/src/rules/registry.ts";

import { ruleIndex } from "../../scripts/rule-index.mts";
import { rulePage } from "./rule-page.ts";

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
      expect(ruleDocumentation(rule.name)).toContain(`docs/rules/${rule.name}.md`);
    }
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
