import { analysis, DEFAULT_SETTINGS, readBaseline, settingsSchema } from "#ide";
import { clusterPolicies, drift, effectivePolicies, inferredTopology, topologiesOf } from "#mesh";
import { parseFilter } from "#picture";
import { graphViewSchema, hostMessageSchema, panelMessageSchema, savedPanelSchema } from "#protocol";
import {
  parseLock,
  parsePyproject,
  parsePython,
  parseRequirementsTxt,
  parseYaml,
  parseYamlDocuments,
  sourceFile,
} from "#syntax";
import { projectSettings } from "../../engine/ide/src/settings/project-settings.ts";

/** Something that takes text from outside: a name for reports, real-looking texts to start from, and the reading itself. */
export interface Reader {
  readonly name: string;
  readonly seeds: readonly string[];
  readonly read: (text: string) => void;
  /** How many of a run's cases go to it, in parts of the whole. */
  readonly share: number;
}

const STATUS = `{"model":{"name":"cos","type":"caas","controller":"c","cloud":"k","version":"3.6.0"},"applications":{"tempo":{"charm":"tempo-coordinator-k8s","scale":1,"relations":{"tracing":[{"related-application":"shop","interface":"tracing","scope":"global"}]},"units":{"tempo/0":{"address":"10.1.1.1"}}},"shop":{"charm":"shop","relations":{"tracing":["tempo"]}}},"application-endpoints":{},"offers":{}}`;
const BUNDLE = `bundle: kubernetes\napplications:\n  a: {charm: a-k8s, scale: 2, trust: true}\n  b: {charm: b-k8s, scale: 1}\nsaas:\n  c: {url: admin/m.c}\nrelations:\n- [a:x, b:y]\n- - a\n  - c:z\n--- # overlay\napplications:\n  a:\n    offers:\n      o: {endpoints: [x]}\n`;
const TERRAFORM = `{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"juju_application.a","type":"juju_application","name":"a","values":{"name":"a","model":"m","charm":[{"name":"a-k8s"}],"units":1,"trust":true}},{"address":"juju_integration.i","type":"juju_integration","name":"i","values":{"model":"m","application":[{"name":"a","endpoint":"x"},{"name":"b","endpoint":"y"}]}}],"child_modules":[]}}}`;
const MESH = `mesh: {hardened: true}\nmodels:\n  cos:\n    applications:\n      tempo: {charm: tempo-coordinator-k8s, units: 1}\n      beacon: {charm: istio-beacon-k8s}\n    relations:\n      - [tempo:service-mesh, beacon:service-mesh]\ncross-model:\n  - {provider: cos.tempo:tracing, consumer: apps.shop:tracing, as: shop-saas, mesh-data: true}\n`;
const CLUSTER = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: security.istio.io/v1\n  kind: AuthorizationPolicy\n  metadata: {name: beacon-m-policy-a-m-b-12345678, namespace: m, labels: {}}\n  spec:\n    targetRefs: [{kind: Service, group: "", name: b}]\n    rules:\n    - from: [{source: {principals: [cluster.local/ns/m/sa/a]}}]\n      to: [{operation: {ports: ["80"], paths: ["/x*"]}}]\n`;
const PANEL = `{"type":"options","options":{"mesh":{"hardened":true,"managed":true,"modelOnMesh":false,"autoAllowWaypoint":true},"tls":null,"topology":null,"inferred":false,"workerUnits":3,"backends":null,"hiddenLayers":[],"compare":null}}`;

/** Every reader of the product. `python` and `yaml` are real files of our samples. */
export function readers(python: readonly string[], yaml: readonly string[]): readonly Reader[] {
  const json = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  const charm = (files: readonly (readonly [string, string])[]): void => {
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
    made.diagnostics();
    effectivePolicies(made.charms, inferredTopology(made.charms));
  };
  const [goodYaml = ""] = yaml;
  const [goodPython = ""] = python;
  const topology =
    (name: string) =>
    (text: string): void =>
      void topologiesOf([sourceFile(name, text)], []);
  return [
    {
      name: "YAML",
      share: 16,
      seeds: yaml,
      read: (text) =>
        void [parseYaml(sourceFile("charmcraft.yaml", text)), parseYamlDocuments(sourceFile("bundle.yaml", text))],
    },
    {
      name: "Python",
      share: 18,
      seeds: python,
      read: (text) => void parsePython(sourceFile("src/charm.py", text)),
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
      read: (text) => void parseRequirementsTxt(sourceFile("requirements.txt", text)),
    },
    {
      name: "pyproject.toml",
      share: 12,
      seeds: [
        '[project]\nname = "x"\ndependencies = ["ops>=2", "coordinated-workers>=4.1.2"]\n[project.optional-dependencies]\ndev = ["pytest"]\n[tool.poetry.dependencies]\npython = "^3.10"\nops = { version = "~2.1", extras = ["x"] }\n[dependency-groups]\nunit = ["a", {include-group = "b"}]\n',
      ],
      read: (text) => void parsePyproject(sourceFile("pyproject.toml", text)),
    },
    {
      name: "lock files",
      share: 4,
      seeds: [
        'version = 1\n[[package]]\nname = "ops"\nversion = "2.17.0"\ndependencies = [{ name = "pyyaml" }]\n[[package]]\nname = "pyyaml"\nversion = "6"\n',
      ],
      read: (text) => void [parseLock(sourceFile("uv.lock", text)), parseLock(sourceFile("poetry.lock", text))],
    },
    { name: "bundle", share: 4, seeds: [BUNDLE], read: topology("bundle.yaml") },
    { name: "juju status", share: 4, seeds: [STATUS], read: topology("status.json") },
    { name: "Terraform plan", share: 4, seeds: [TERRAFORM], read: topology("plan.json") },
    { name: "mesh-topology.yaml", share: 4, seeds: [MESH], read: topology("mesh-topology.yaml") },
    {
      name: "cluster dump",
      share: 3,
      seeds: [CLUSTER, "[]", "{}"],
      read: (text) =>
        void [
          clusterPolicies(sourceFile("c.yaml", text)),
          drift({ policies: [], problems: [], unread: [] }, sourceFile("c.yaml", text)),
        ],
    },
    {
      name: "settings",
      share: 1,
      seeds: ["rules:\n  missing-policy: off\n"],
      read: (text) =>
        void [projectSettings(sourceFile(".charm-mesh.yaml", text)), settingsSchema.safeParse(json(text))],
    },
    {
      name: "baseline",
      share: 1,
      seeds: ['{"version":1,"findings":[{"code":"x","path":"a","line":"b","count":1}]}'],
      read: (text) => void readBaseline(sourceFile("b.json", text)),
    },
    {
      name: "webview messages",
      share: 2,
      seeds: [PANEL],
      read: (text) =>
        void [panelMessageSchema, hostMessageSchema, savedPanelSchema, graphViewSchema].map((schema) =>
          schema.safeParse(json(text)),
        ),
    },
    {
      name: "find and hide",
      share: 1,
      seeds: ["verdict = denied and (interface *= loki or port = 3100) and not proxied"],
      read: (text) => void parseFilter(text),
    },
  ];
}
