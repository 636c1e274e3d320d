import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, root } from "../tidy/source-tree.ts";
import { hostScopes, ours, tokenizer } from "./tokens.ts";

describe("YAML", () => {
  test("marks mesh relations and their interfaces, and nothing else", async () => {
    const tokenize = await tokenizer("source.yaml", true);
    const text = [
      "requires:",
      "  service-mesh:",
      "    interface: service_mesh",
      "    description: interface: service_mesh in prose",
      "  require-cmr-mesh:",
      "    interface: cross_model_mesh  # a comment about service_mesh",
      "  logging:",
      "    interface: loki_push_api",
      "service-mesh: at top level",
    ].join("\n");
    expect(ours(tokenize(text))).toEqual([
      "service-mesh: keyword.other.mesh-relation.charm-mesh",
      "service_mesh: support.type.mesh-interface.charm-mesh",
      "require-cmr-mesh: keyword.other.mesh-relation.charm-mesh",
      "cross_model_mesh: support.type.mesh-interface.charm-mesh",
    ]);
  });
});

describe("Python", () => {
  test("marks policy classes, endpoint keys and proxy paths, and nothing in comments and docstrings", async () => {
    const tokenize = await tokenizer("source.python", true);
    const text = [
      '"""AppPolicy(relation=...) and /proxy/loki/x/push in a docstring."""',
      "# UnitPolicy(relation=...)",
      'policies = [AppPolicy(relation="api"), UnitPolicy (relation="metrics")]',
      "def f(policy: AppPolicy) -> None: ...",
      'endpoints={"service-mesh": "service-mesh", \'service-mesh-require-cmr-mesh\': None}',
      'path = "/proxy/worker/{*}/metrics"',
    ].join("\n");
    expect(ours(tokenize(text))).toEqual([
      "AppPolicy: support.class.mesh-policy.charm-mesh",
      "UnitPolicy: support.class.mesh-policy.charm-mesh",
      "service-mesh: variable.other.mesh-endpoint.charm-mesh",
      "service-mesh-require-cmr-mesh: variable.other.mesh-endpoint.charm-mesh",
      "/proxy/worker/: string.other.proxy-path.charm-mesh",
    ]);
  });
});

describe("policy documents", () => {
  test("distinguish origin, applications, targets, methods, ports, paths and places", async () => {
    const tokenize = await tokenizer("source.charm-mesh-policies", false);
    const [line = []] = tokenize(
      "charm    grafana@cos  Service tempo@cos  GET /api/search port 3200  src/charm.py:12:3",
    );
    const marked = line
      .filter((token) => token.scopes.length > 1)
      .map((token) => `${token.text}: ${token.scopes.at(-1)}`);
    expect(marked).toEqual([
      "charm: keyword.other.origin.charm-mesh-policies",
      "grafana: entity.name.type.application.charm-mesh-policies",
      "@: punctuation.separator.charm-mesh-policies",
      "cos: entity.name.namespace.model.charm-mesh-policies",
      "Service: storage.type.target.charm-mesh-policies",
      "tempo: entity.name.type.application.charm-mesh-policies",
      "@: punctuation.separator.charm-mesh-policies",
      "cos: entity.name.namespace.model.charm-mesh-policies",
      "GET: keyword.other.method.charm-mesh-policies",
      "/api/search: string.unquoted.path.charm-mesh-policies",
      "port: keyword.other.port.charm-mesh-policies",
      " 3200: constant.numeric.port.charm-mesh-policies",
      "src/charm.py:12:3: markup.underline.link.charm-mesh-policies",
    ]);
  });
});

describe("the host grammars are not disturbed", () => {
  const samples = filesBelow("samples", /\.(?:py|yaml)$/);
  test("there are samples", () => expect(samples.length).toBeGreaterThan(10));
  for (const file of samples) {
    test(file, async () => {
      const scope = file.endsWith(".py") ? "source.python" : "source.yaml";
      const text = readFileSync(path.join(root, file), "utf8");
      const [bare, injected] = await Promise.all([tokenizer(scope, false), tokenizer(scope, true)]);
      const [with_, without] = [hostScopes(injected(text)), hostScopes(bare(text))];
      const disturbed = text.split("\n").filter((_, line) => with_[line] !== without[line]);
      expect(disturbed).toEqual([]);
    });
  }
});
