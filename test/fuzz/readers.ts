import { type Analysis, analysis, DEFAULT_SETTINGS, defaultDeployment, readBaseline, settingsSchema } from "#ide";
import {
  clusterPolicies,
  denialDirectory,
  denialReader,
  drift,
  type EffectivePolicies,
  effectivePolicies,
  explainedDenials,
  inferredTopology,
  topologiesOf,
  trafficGraph,
} from "#mesh";
import { parseFilter } from "#picture";
import { graphViewSchema, hostMessageSchema, panelMessageSchema, savedPanelSchema } from "#protocol";
import {
  parseLock,
  parsePyproject,
  parsePython,
  parseRequirementsTxt,
  parseYaml,
  parseYamlDocuments,
  type SourceFile,
  sourceFile,
} from "#syntax";
import { projectSettings } from "../../engine/ide/src/settings/project-settings.ts";
import { sampleStatus } from "../explain/sample-deployment.ts";
import { envoyJson, envoyText, ztunnelJson, ztunnelText } from "../explain/sample-lines.ts";
import type { Samples } from "./samples.ts";

/** Something that takes text from outside: a name for reports, real-looking texts to start from, and the reading itself. */
export interface Reader {
  readonly name: string;
  readonly seeds: readonly string[];
  /** Reads a text. The result depends on nothing but the text. */
  readonly read: (text: string) => unknown;
  /** How many of a run's cases go to it, in parts of the whole. */
  readonly share: number;
}

const STATUS = `{"model":{"name":"cos","type":"caas","controller":"c","cloud":"k","version":"3.6.0"},"applications":{"tempo":{"charm":"tempo-coordinator-k8s","scale":1,"relations":{"tracing":[{"related-application":"shop","interface":"tracing","scope":"global"}]},"units":{"tempo/0":{"address":"10.1.1.1"}}},"shop":{"charm":"shop","relations":{"tracing":["tempo"]}}},"application-endpoints":{},"offers":{}}`;
const BUNDLE = `bundle: kubernetes\napplications:\n  a: {charm: a-k8s, scale: 2, trust: true}\n  b: {charm: b-k8s, scale: 1}\nsaas:\n  c: {url: admin/m.c}\nrelations:\n- [a:x, b:y]\n- - a\n  - c:z\n--- # overlay\napplications:\n  a:\n    offers:\n      o: {endpoints: [x]}\n`;
const TERRAFORM = `{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"juju_application.a","type":"juju_application","name":"a","values":{"name":"a","model":"m","charm":[{"name":"a-k8s"}],"units":1,"trust":true}},{"address":"juju_integration.i","type":"juju_integration","name":"i","values":{"model":"m","application":[{"name":"a","endpoint":"x"},{"name":"b","endpoint":"y"}]}}],"child_modules":[]}}}`;
const MESH = `mesh: {hardened: true}\nmodels:\n  cos:\n    applications:\n      tempo: {charm: tempo-coordinator-k8s, units: 1}\n      beacon: {charm: istio-beacon-k8s}\n    relations:\n      - [tempo:service-mesh, beacon:service-mesh]\ncross-model:\n  - {provider: cos.tempo:tracing, consumer: apps.shop:tracing, as: shop-saas, mesh-data: true}\n`;
const CLUSTER = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: security.istio.io/v1\n  kind: AuthorizationPolicy\n  metadata: {name: beacon-m-policy-a-m-b-12345678, namespace: m, labels: {}}\n  spec:\n    targetRefs: [{kind: Service, group: "", name: b}]\n    rules:\n    - from: [{source: {principals: [cluster.local/ns/m/sa/a]}}]\n      to: [{operation: {ports: ["80"], paths: ["/x*"]}}]\n`;
const PANEL = `{"type":"options","options":{"mesh":{"hardened":true,"managed":true,"modelOnMesh":false,"autoAllowWaypoint":true},"tls":null,"topology":null,"inferred":false,"workerUnits":3,"backends":null,"hiddenLayers":[],"compare":null}}`;

const UNITS = `quarry/0:\n  opened-ports: []\n  charm: ch:quarry-1\n  leader: true\n  relation-info:\n  - relation-id: 3\n    endpoint: tracing\n    related-endpoint: tracing\n    application-data: {receivers: '[{"protocol": {"name": "otlp_http", "type": "http"}, "url": "http://quarry.obs:4318"}]'}\n    related-units:\n      shop/0: {in-scope: true, data: {ingress-address: 10.1.0.4}}\n  provider-id: quarry-0\n  address: 10.1.0.3\n`;
const SETTINGS = `rules:\n  missing-policy: off\n  undeclared-policy-relation: warning\nexclude: [tests/**]\n`;
const LOG = [
  ztunnelText({ from: "prometheus", to: "storefront", port: 9103 }),
  ztunnelJson({ from: "prometheus", to: "storefront", port: 9102 }),
  envoyText({ from: "storefront", to: "quarry", port: 9095, request: "POST /push HTTP/1.1" }),
  envoyJson({ from: "storefront", to: "quarry", port: 9095 }),
  "2026-11-30T10:00:00.1Z\tinfo\tproxy\tready",
].join("\n");

/** What hosts show of an analysis. A failure that the engine contained in one charm or file is thrown here: it must not happen. */
function shown(made: Analysis, { policies, problems }: EffectivePolicies): unknown {
  const findings = made.diagnostics();
  const failed = findings.find(({ message }) => message.includes("Charm Mesh failed on it"));
  if (failed) throw new Error(failed.message);
  return [
    findings.map(({ code, severity, message, location, fixes }) => [
      code,
      severity,
      message,
      location.file.path,
      location.span,
      fixes.map(({ title, edits }) => [title, edits]),
    ]),
    policies.map(({ id, meshPolicy, resource }) => [id, meshPolicy, resource]),
    problems.map(({ message }) => message),
  ];
}

/** Every reader of the product. */
export function readers({ python, yaml, bundles, charms }: Samples): readonly Reader[] {
  const json = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  const charm = (files: readonly (readonly [string, string])[]): unknown => {
    const made = analysis({
      charms: [
        {
          root: "",
          files: new Map(files.map(([path, text]) => [path, sourceFile(path, text)])),
          unreadable: new Map(),
        },
      ],
      topologies: [],
      settings: DEFAULT_SETTINGS,
    });
    return shown(made, effectivePolicies(made.charms, inferredTopology(made.charms)));
  };
  /** The charms of the samples beside a deployment or a settings file. */
  const deployed = (beside: Partial<Record<"topologies" | "settingsFiles", readonly SourceFile[]>>): unknown => {
    const made = analysis({ charms, topologies: [], settings: DEFAULT_SETTINGS, ...beside });
    const { models, topology, policies } = defaultDeployment(made);
    const { nodes, edges } = trafficGraph(models, topology, policies, { mode: topology.mode });
    return [
      shown(made, policies),
      nodes.map(({ id, label }) => [id, label]),
      edges.map(({ id, source, target }) => [id, source, target]),
    ];
  };
  const models = analysis({ charms, topologies: [], settings: DEFAULT_SETTINGS }).charms;
  const [status] = topologiesOf([sourceFile("status.json", sampleStatus())], models);
  if (!status) throw new Error("the sample status is no topology");
  const expectation = { effective: effectivePolicies(models, status), topology: status, mode: status.mode };
  const directory = denialDirectory(expectation);
  const [goodYaml = ""] = yaml;
  const [goodPython = ""] = python;
  const topology =
    (name: string) =>
    (text: string): unknown =>
      topologiesOf([sourceFile(name, text)], []);
  return [
    {
      name: "YAML",
      share: 16,
      seeds: yaml,
      read: (text) => [
        parseYaml(sourceFile("charmcraft.yaml", text)),
        parseYamlDocuments(sourceFile("bundle.yaml", text)),
      ],
    },
    {
      name: "Python",
      share: 18,
      seeds: python,
      read: (text) => parsePython(sourceFile("src/charm.py", text)),
    },
    {
      name: "a charm's Python, all the way",
      share: 3,
      seeds: python,
      read: (text) =>
        charm([
          ["charmcraft.yaml", goodYaml],
          ["src/charm.py", text],
        ]),
    },
    {
      name: "a charm's YAML, all the way",
      share: 3,
      seeds: yaml,
      read: (text) =>
        charm([
          ["charmcraft.yaml", text],
          ["src/charm.py", goodPython],
        ]),
    },
    {
      name: "requirements.txt",
      share: 12,
      seeds: [
        "ops>=2.17\ncharmed-service-mesh-helpers>=0.2.0 ; python_version > '3' # why\n-r other.txt\nx[y,z] @ https://h/x.whl --hash=sha256:0\n",
      ],
      read: (text) => parseRequirementsTxt(sourceFile("requirements.txt", text)),
    },
    {
      name: "pyproject.toml",
      share: 12,
      seeds: [
        '[project]\nname = "x"\ndependencies = ["ops>=2", "coordinated-workers>=4.1.2"]\n[project.optional-dependencies]\ndev = ["pytest"]\n[tool.poetry.dependencies]\npython = "^3.10"\nops = { version = "~2.1", extras = ["x"] }\n[dependency-groups]\nunit = ["a", {include-group = "b"}]\n',
      ],
      read: (text) => parsePyproject(sourceFile("pyproject.toml", text)),
    },
    {
      name: "lock files",
      share: 4,
      seeds: [
        'version = 1\n[[package]]\nname = "ops"\nversion = "2.17.0"\ndependencies = [{ name = "pyyaml" }]\n[[package]]\nname = "pyyaml"\nversion = "6"\n',
      ],
      read: (text) => [parseLock(sourceFile("uv.lock", text)), parseLock(sourceFile("poetry.lock", text))],
    },
    {
      name: "bundle beside its charms, all the way",
      share: 2,
      seeds: [BUNDLE, ...bundles],
      read: (text) => deployed({ topologies: [sourceFile("bundle.yaml", text)] }),
    },
    {
      name: "juju status beside its charms, all the way",
      share: 1,
      seeds: [sampleStatus()],
      read: (text) => deployed({ topologies: [sourceFile("status.json", text)] }),
    },
    {
      name: "settings beside charms, all the way",
      share: 1,
      seeds: [SETTINGS],
      read: (text) => deployed({ settingsFiles: [sourceFile(".charm-mesh.yaml", text)] }),
    },
    {
      name: "access log",
      share: 4,
      seeds: [LOG],
      read: (text) => {
        const reader = denialReader(directory);
        for (const line of text.split("\n")) reader.line(line);
        const { flows, ...log } = reader.log();
        const denials = explainedDenials(flows, expectation);
        return [
          log,
          denials.map(({ source, target, expected, reason, fix }) => [
            source.label,
            target.label,
            expected,
            reason,
            fix,
          ]),
        ];
      },
    },
    { name: "juju show-unit", share: 3, seeds: [UNITS], read: topology("units.yaml") },
    { name: "bundle", share: 4, seeds: [BUNDLE], read: topology("bundle.yaml") },
    { name: "juju status", share: 4, seeds: [STATUS], read: topology("status.json") },
    { name: "Terraform plan", share: 4, seeds: [TERRAFORM], read: topology("plan.json") },
    { name: "mesh-topology.yaml", share: 4, seeds: [MESH], read: topology("mesh-topology.yaml") },
    {
      name: "cluster dump",
      share: 3,
      seeds: [CLUSTER, "[]", "{}"],
      read: (text) => [
        clusterPolicies(sourceFile("c.yaml", text)),
        drift({ policies: [], problems: [], unread: [] }, sourceFile("c.yaml", text)),
      ],
    },
    {
      name: "settings",
      share: 1,
      seeds: ["rules:\n  missing-policy: off\n"],
      read: (text) => [projectSettings(sourceFile(".charm-mesh.yaml", text)), settingsSchema.safeParse(json(text))],
    },
    {
      name: "baseline",
      share: 1,
      seeds: ['{"version":1,"findings":[{"code":"x","path":"a","line":"b","count":1}]}'],
      read: (text) => readBaseline(sourceFile("b.json", text)),
    },
    {
      name: "webview messages",
      share: 2,
      seeds: [PANEL],
      read: (text) =>
        [panelMessageSchema, hostMessageSchema, savedPanelSchema, graphViewSchema].map((schema) =>
          schema.safeParse(json(text)),
        ),
    },
    {
      name: "find and hide",
      share: 1,
      seeds: ["verdict = denied and (interface *= loki or port = 3100) and not proxied"],
      read: (text) => parseFilter(text),
    },
  ];
}
