import { describe, expect, test } from "vitest";
import { charmModel, charmSources } from "#charm";
import { effectivePolicies } from "#mesh";
import { deployment } from "./deployment.ts";
import { type Ask, CHARMS, charm, OWN_POLICIES, verdictIn } from "./flows.ts";

/*
 * Policies in manifests and templates that a charm applies. Loaders: lightkube 0.17, codecs.py (`load_all_yaml(stream, context)`);
 * charmed-kubeflow-chisme, kubernetes/_kubernetes_resource_handler.py; Jinja 3.1. Verdicts: istio 86c9f01, pilot/pkg/security/authz.
 */

const IMPORTS = `import yaml
from pathlib import Path
from jinja2 import Environment, FileSystemLoader, Template
from charmlibs.interfaces.service_mesh import PolicyResourceManager
from lightkube import codecs
from charmed_kubeflow_chisme.kubernetes import KubernetesResourceHandler
from charmed_kubeflow_chisme.components import KubernetesComponent`;

const SPEC = {
  selector: { matchLabels: { "app.kubernetes.io/name": "raw" } },
  action: "ALLOW",
  rules: [
    {
      from: [{ source: { principals: ["cluster.local/ns/m/sa/buyer"] } }],
      to: [{ operation: { ports: ["8080"] } }],
    },
  ],
};

const TEMPLATE = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: {{ app_name }}-own
  namespace: "{{ namespace }}"
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ app_name }}
  action: ALLOW
  rules:
  - from:
    - source:
        principals:
        - cluster.local/ns/{{ namespace }}/sa/{{ friend }}
    to:
    - operation:
        ports: ["{{ port }}"]`;

const CONTEXT = `{"app_name": self.app.name, "namespace": self.model.name, "friend": "buyer", "port": 8080}`;

function manifestCharm(body: string, text: string, path = "src/templates/auth.yaml.j2") {
  const lines = body.split("\n").map((line) => `        ${line}`);
  return charm("raw", "", { body: lines.join("\n"), imports: IMPORTS, files: `//- ${path}\n${text}` });
}

function effectiveOf(body: string, text: string, path?: string) {
  const models = [...CHARMS, manifestCharm(body, text, path)];
  const set = effectivePolicies(models, deployment(OWN_POLICIES, models));
  return { policies: set.policies.filter((one) => one.origin === "resource-manager"), problems: set.problems };
}

const ask = (body: string, text: string, flow: Omit<Ask, "to">, path?: string) =>
  verdictIn(OWN_POLICIES, { to: "raw", ...flow }, [...CHARMS, manifestCharm(body, text, path)]);

const HANDLER = `self._handler = KubernetesResourceHandler(
    field_manager=self.app.name, template_files=["src/templates/auth.yaml.j2"], context=${CONTEXT})
self._handler.apply()`;

const POD = { via: "unit", port: 8080 } as const;

describe("a policy in a template that the charm applies is read", () => {
  test.each([
    ["a resource handler", HANDLER],
    [
      "lightkube's codecs with a context",
      `with open("src/templates/auth.yaml.j2") as f:
    for obj in codecs.load_all_yaml(f, context=${CONTEXT}):
        self.client.apply(obj)`,
    ],
    [
      "Jinja's own environment",
      `env = Environment(loader=FileSystemLoader("src/templates"))
text = env.get_template("auth.yaml.j2").render(
    app_name=self.app.name, namespace=self.model.name, friend="buyer", port=8080)
for obj in codecs.load_all_yaml(text):
    self.client.apply(obj)`,
    ],
    [
      "a component with a context that it computes",
      `self.component = KubernetesComponent(
    charm=self, name="auth", resource_templates=["src/templates/auth.yaml.j2"],
    context_callable=lambda: ${CONTEXT})`,
    ],
  ])("%s", (_, body) => {
    const { policies, problems } = effectiveOf(body, TEMPLATE);
    expect(problems).toEqual([]);
    expect(
      policies.map((one) => [one.id, one.resource?.metadata.namespace, one.resource?.spec, one.condition]),
    ).toEqual([["raw-own", "m", SPEC, undefined]]);
    expect(ask(body, TEMPLATE, { from: "buyer", ...POD }).verdict).toBe("allowed");
    expect(ask(body, TEMPLATE, { from: "other", ...POD }).verdict).toBe("denied");
  });

  test("it gets no labels of the resource manager", () => {
    const body = `self.manager = PolicyResourceManager(charm=self, lightkube_client=None, labels={"a": "b"})\n${HANDLER}`;
    expect(effectiveOf(body, TEMPLATE).policies[0]?.resource?.metadata.labels).toEqual({});
  });

  test("a plain manifest, and one of several documents or of a list", () => {
    const plain = TEMPLATE.replaceAll("{{ app_name }}", "raw")
      .replaceAll("{{ namespace }}", "m")
      .replace("{{ friend }}", "buyer")
      .replace("{{ port }}", "8080");
    const body = `objects = codecs.load_all_yaml(Path("src/manifests/auth.yaml").read_text())`;
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${plain.replaceAll("\n", "\n  ")}`;
    for (const text of [plain, `kind: ConfigMap\napiVersion: v1\n---\n${plain}\n---\n`, list]) {
      expect(effectiveOf(body, text, "src/manifests/auth.yaml").policies.map((one) => one.resource?.spec)).toEqual([
        SPEC,
      ]);
    }
  });

  test("text in the charm's Python", () => {
    const text = TEMPLATE.replace("{{ friend }}", "buyer").replace("{{ port }}", "8080");
    const body = `objects = codecs.load_all_yaml(${JSON.stringify(text)}, context=${CONTEXT})`;
    expect(effectiveOf(body, "", "src/other.yaml").policies.map((one) => one.resource?.spec)).toEqual([SPEC]);
  });
});

describe("a manifest that is only text makes no policy", () => {
  test.each([["nothing names it", "objects = codecs.load_all_yaml(Path('src/other.yaml').read_text())"]])(
    "%s",
    (_, body) => {
      expect(effectiveOf(body, TEMPLATE)).toEqual({ policies: [], problems: [] });
    },
  );

  test("a policy of another kind or group, and one among tests", () => {
    const other = TEMPLATE.replace("security.istio.io/v1", "policy.linkerd.io/v1");
    expect(effectiveOf(HANDLER, other).policies).toEqual([]);
    expect(effectiveOf(HANDLER, TEMPLATE, "tests/integration/auth.yaml.j2").policies).toEqual([]);
  });
});

describe("what a template leaves open makes the verdict unknown", () => {
  const verdictOf = (body: string, text: string) => ask(body, text, { from: "other", ...POD }).verdict;

  test.each([
    ["a name that no context holds", HANDLER.replace('"friend": "buyer", ', ""), TEMPLATE],
    ["a context that can't be read", HANDLER.replace(/context=\{.*\}/, "context=load()"), TEMPLATE],
    ["a value of relation data", HANDLER.replace('"friend": "buyer"', '"friend": load()'), TEMPLATE],
    ["an expression", HANDLER, TEMPLATE.replace("{{ friend }}", "{{ friend | default('x') }}")],
    ["a name that the template assigns", HANDLER, `{% set friend = 'other' %}\n${TEMPLATE}`],
    [
      "a block inside of the policy",
      HANDLER,
      TEMPLATE.replace("  - from:", "{% if x %}\n  - {}\n{% endif %}\n  - from:"),
    ],
    [
      "a loop over rules",
      HANDLER,
      TEMPLATE.replace("  - from:", "{% for f in friends %}\n  - from:").concat("\n{% endfor %}"),
    ],
    ["an included template", HANDLER, `{% include "more.j2" %}\n${TEMPLATE}`],
    ["a block without an end", HANDLER, `{% if x %}\n${TEMPLATE}`],
    ["a placeholder of str.format", HANDLER, TEMPLATE.replace("{{ friend }}", "{friend}")],
    ["a placeholder of string.Template", HANDLER, TEMPLATE.replace("{{ friend }}", "$friend")],
    ["two contexts that differ", `${HANDLER}\nt = Template("x").render(friend="other")`, TEMPLATE],
    ["YAML that is broken", HANDLER, TEMPLATE.replace("  action: ALLOW", " action: [")],
  ])("%s", (_, body, text) => {
    expect(verdictOf(body, text)).toBe("unknown");
    expect(effectiveOf(body, text).problems).not.toEqual([]);
  });

  test("a block around the policy is a condition, and so is the test around the loader", () => {
    const block = `{% if restricted %}\n${TEMPLATE}\n{% endif %}`;
    expect(effectiveOf(HANDLER, block).policies[0]?.condition).toEqual([{ kind: "test", source: "restricted" }]);
    const otherwise = `{% if open %}\nkind: ConfigMap\n---\n{% else %}\n${TEMPLATE}\n{% endif %}`;
    expect(effectiveOf(HANDLER, otherwise).policies[0]?.condition).toEqual([
      { kind: "not", condition: [{ kind: "test", source: "open" }] },
    ]);
    const guarded = `if self.config["restrict"]:\n${HANDLER.replace(/^/gm, "    ")}`;
    expect(effectiveOf(guarded, TEMPLATE).policies[0]?.condition).toEqual([
      { kind: "test", source: 'self.config["restrict"]' },
    ]);
    const leader = `if self.unit.is_leader():\n${HANDLER.replace(/^/gm, "    ")}`;
    expect(effectiveOf(leader, TEMPLATE).policies[0]?.condition).toBeUndefined();
  });

  test("a manifest that can't be read itself, where the charm names and loads it", () => {
    const verdictOfUnread = (body: string) => {
      const { charm: files } = manifestCharm(body, TEMPLATE);
      const path = "src/templates/auth.yaml.j2";
      const readable = new Map([...files.files].filter(([each]) => each !== path));
      const unread = charmSources({ ...files, files: readable, unreadable: new Map([[path, "is not UTF-8"]]) });
      const models = [...CHARMS, charmModel(unread)];
      return verdictIn(OWN_POLICIES, { to: "raw", from: "other", ...POD }, models).verdict;
    };
    expect(verdictOfUnread(HANDLER)).toBe("unknown");
    expect(verdictOfUnread("self.apply('src/templates/auth.yaml.j2')")).toBe("unknown");
    expect(verdictOfUnread("objects = codecs.load_all_yaml(text)")).toBe("denied");
  });

  test("a function that is not known may apply a manifest that the charm names", () => {
    const body = "apply_all('src/templates/auth.yaml.j2')";
    const text = TEMPLATE.replaceAll("{{ app_name }}", "raw")
      .replaceAll("{{ namespace }}", "m")
      .replace("{{ friend }}", "buyer")
      .replace("{{ port }}", "8080");
    expect(effectiveOf(body, text).policies[0]?.condition).toEqual([
      { kind: "outside", fact: "the charm applies this manifest" },
    ]);
    expect(ask(body, text, { from: "buyer", ...POD }).verdict).toBe("unknown");
  });

  test("comments of the template and of YAML count for nothing", () => {
    const text = `{# {{ nothing }} {% if x %} #}\n# {{ app_name }}\n${TEMPLATE}`;
    expect(effectiveOf(HANDLER, text)).toMatchObject({ problems: [], policies: [{ id: "raw-own" }] });
  });
});
