import { describe, expect, it } from "vitest";
import type { CharmFiles, CharmModel } from "#charm";
import { analysis, DEFAULT_SETTINGS, type Diagnostic } from "#ide";
import { edited } from "../support/charm-fixture.ts";
import { bare, modelOf, textAt } from "../support/charm-reading.ts";
import { miniCoordinator } from "../support/minicharms.ts";

/*
 * The states in which an editor sees a coordinator charm while someone types: each row replaces one text of src/charm.py.
 * `loses` names the facts that may change by it; every other fact must be read as from the whole file.
 */

type Fact =
  | `endpoint ${string}`
  | "policies"
  | "policy ports"
  | "proxy"
  | "opened"
  | "protocols"
  | "roles"
  | "metrics port";

interface Breakage {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly loses: readonly Fact[];
}

const S3 = '"s3": "s3",';

const BREAKAGES: readonly Breakage[] = [
  { name: "a key without a colon", from: S3, to: '"s3"', loses: ["endpoint s3"] },
  { name: "a key and a colon", from: S3, to: '"s3":', loses: ["endpoint s3"] },
  { name: "a key, a colon and a comma", from: S3, to: '"s3": ,', loses: ["endpoint s3"] },
  { name: "an unclosed key", from: S3, to: '"s3', loses: ["endpoint s3"] },
  { name: "an unclosed value", from: S3, to: '"s3": "s3', loses: ["endpoint s3"] },
  { name: "only an opening quote", from: S3, to: '"', loses: ["endpoint s3"] },
  { name: "only a quote behind the colon", from: S3, to: '"s3": "', loses: ["endpoint s3"] },
  { name: "a missing comma", from: S3, to: '"s3": "s3"', loses: ["endpoint s3", "endpoint charm-tracing"] },
  { name: "a name with a dot at its end", from: S3, to: '"s3": self.', loses: ["endpoint s3"] },
  { name: "a call that is not closed", from: S3, to: '"s3": name(', loses: ["endpoint s3"] },
  { name: "an opening bracket", from: S3, to: '"s3": [', loses: ["endpoint s3"] },
  { name: "a bracket too much", from: S3, to: '"s3": "s3"],', loses: ["endpoint s3"] },
  { name: "a parenthesis too much", from: S3, to: '"s3": "s3"),', loses: ["endpoint s3"] },
  { name: "a brace in the middle", from: S3, to: '"s3": {', loses: ["endpoint s3"] },
  { name: "an operator at the end", from: S3, to: '"s3": "s" +', loses: ["endpoint s3"] },
  { name: "a conditional without its end", from: S3, to: '"s3": "s3" if', loses: ["endpoint s3"] },
  { name: "an empty pair", from: S3, to: ":", loses: ["endpoint s3"] },
  { name: "two commas", from: S3, to: '"s3": "s3",,', loses: ["endpoint s3"] },
  { name: "a spread of nothing", from: S3, to: "**", loses: ["endpoint s3"] },
  { name: "a stray word", from: S3, to: "s", loses: ["endpoint s3"] },
  { name: "a new pair before the last one", from: S3, to: `${S3}\n                "cat`, loses: [] },
  { name: "an equals sign for a colon", from: S3, to: '"s3" = "s3",', loses: ["endpoint s3"] },
  {
    name: "the map's brace is not closed",
    from: '"service-mesh-require-cmr-mesh": "require-cmr-mesh",\n            },',
    to: '"service-mesh-require-cmr-mesh": "require-cmr-mesh",',
    loses: ["endpoint service-mesh-require-cmr-mesh"],
  },
  {
    name: "the last value is being typed",
    from: '"service-mesh-require-cmr-mesh": "require-cmr-mesh",',
    to: '"service-mesh-require-cmr-mesh": "req',
    loses: ["endpoint service-mesh-require-cmr-mesh"],
  },
  {
    name: "the first key is being typed",
    from: '"certificates": "certificates",',
    to: '"cert',
    loses: ["endpoint certificates"],
  },
  {
    name: "a keyword argument without a value",
    from: 'workload_tracing_protocols=["otlp_http"],',
    to: "workload_tracing_protocols=",
    loses: ["protocols"],
  },
  {
    name: "a keyword argument and a comma",
    from: 'workload_tracing_protocols=["otlp_http"],',
    to: "workload_tracing_protocols=,",
    loses: ["protocols"],
  },
  {
    name: "a list that is not closed",
    from: 'workload_tracing_protocols=["otlp_http"],',
    to: 'workload_tracing_protocols=["otlp_http"',
    loses: ["protocols"],
  },
  {
    name: "an argument's name being typed",
    from: 'workload_tracing_protocols=["otlp_http"],',
    to: "workl",
    loses: ["protocols"],
  },
  {
    name: "an argument that ends with a dot",
    from: "worker_metrics_port=Mini.http_port,",
    to: "worker_metrics_port=Mini.",
    loses: ["metrics port"],
  },
  {
    name: "the call is not closed",
    from: "charm_mesh_policies=self._policies,\n        )",
    to: "charm_mesh_policies=self._policies,",
    loses: [],
  },
  {
    name: "a statement behind the call being typed",
    from: "self.unit.set_ports(Mini.http_port, PROXY_PORT)",
    to: "self.unit.set_ports(Mini.http_port,",
    loses: ["opened"],
  },
  {
    name: "a statement that ends with a dot",
    from: "self.unit.set_ports(Mini.http_port, PROXY_PORT)",
    to: "self.unit.",
    loses: ["opened"],
  },
  {
    name: "a new statement before another",
    from: "        self.unit.set_ports",
    to: "        self.\n        self.unit.set_ports",
    loses: [],
  },
  {
    name: "an if without a body",
    from: "        self.unit.set_ports",
    to: "        if self.x:\n        self.unit.set_ports",
    loses: ["opened"],
  },
  {
    name: "a policy that is not closed",
    from: "[Endpoint(ports=[Mini.http_port])]),",
    to: "[Endpoint(ports=[Mini.http_port",
    loses: ["policy ports"],
  },
  {
    name: "a policy's ports being typed",
    from: "[Endpoint(ports=[Mini.http_port])]),",
    to: "[Endpoint(ports=[Mini.])]),",
    loses: ["policy ports"],
  },
  {
    name: "a second policy being typed",
    from: "            AppPolicy(relation",
    to: "            UnitPol\n            AppPolicy(relation",
    loses: [],
  },
  {
    name: "a second policy's parenthesis",
    from: "            AppPolicy(relation",
    to: "            UnitPolicy(\n            AppPolicy(relation",
    loses: ["policies"],
  },
  { name: "a return that is not closed", from: "])]),\n        ]", to: "])]),", loses: [] },
  {
    name: "a method's head being typed",
    from: "    @property\n    def _proxy(self):",
    to: "    def _new(\n\n    @property\n    def _proxy(self):",
    loses: [],
  },
  {
    name: "a decorator alone",
    from: "    @property\n    def _proxy(self):",
    to: "    @\n    @property\n    def _proxy(self):",
    loses: [],
  },
  { name: "an unclosed string in another method", from: "return socket.getfqdn()", to: 'return "', loses: [] },
  {
    name: "an unclosed docstring in another method",
    from: "return socket.getfqdn()",
    to: '"""',
    loses: ["proxy", "policies", "policy ports"],
  },
  { name: "an import being typed", from: "import socket\n", to: "import socket\nfrom ops import (\n", loses: [] },
  { name: "a lambda being typed", from: S3, to: '"s3": lambda', loses: ["endpoint s3"] },
  { name: "a constant being typed", from: "PROXY_PORT = 3300", to: "PROXY_PORT = ", loses: ["proxy", "opened"] },
  {
    name: "a value in the middle being typed",
    from: '"logging": "logging",',
    to: '"logging": "logg',
    loses: ["endpoint logging"],
  },
];

function factsOf(model: CharmModel): ReadonlyMap<Fact, unknown> {
  const facts = new Map<Fact, unknown>();
  const { coordinator } = model;
  for (const entry of coordinator?.endpoints.entries ?? []) facts.set(`endpoint ${entry.key}`, bare(entry.value));
  const proxy = coordinator?.telemetryProxy;
  facts.set(
    "proxy",
    proxy?.kind === "known" && proxy.value ? [bare(proxy.value.httpPort), bare(proxy.value.httpsPort)] : null,
  );
  facts.set("protocols", coordinator ? bare(coordinator.workloadTracingProtocols) : null);
  facts.set("metrics port", coordinator ? bare(coordinator.workerMetricsPort) : null);
  facts.set("roles", coordinator ? bare(coordinator.roles) : null);
  facts.set("opened", bare(model.openedPorts));
  facts.set(
    "policies",
    model.policies.map((policy) => bare(policy.relation)),
  );
  facts.set(
    "policy ports",
    model.policies.flatMap((policy) =>
      policy.endpoints.kind === "known" ? policy.endpoints.value.map((each) => bare(each.ports)) : ["unread"],
    ),
  );
  return facts;
}

const whole = miniCoordinator();
const expected = factsOf(modelOf(whole));

function withPast({ from, to }: Breakage): CharmFiles {
  return edited(whole, "src/charm.py", (source) => {
    if (!source.includes(from)) throw new Error(`the charm has no ${from}`);
    return source.replace(from, () => to);
  });
}

/** The same, as if the file had been opened like that. */
function withoutPast(breakage: Breakage): CharmFiles {
  const { previous: _, ...broken } = withPast(breakage);
  return broken;
}

const accuses = (each: Diagnostic) => each.severity === "error" || each.severity === "warning";
const text = (each: Diagnostic) => `${each.code} ${each.message}`;

/** The facts that a breakage takes away although it does not touch them, read without what the file said before. */
function lost(breakage: Breakage): readonly string[] {
  const found = factsOf(modelOf(withoutPast(breakage)));
  return [...expected]
    .filter(([name]) => !breakage.loses.includes(name))
    .filter(([name, value]) => JSON.stringify(found.get(name)) !== JSON.stringify(value))
    .map(([name]) => name);
}

describe("a coordinator charm while it is typed", () => {
  it("keeps the last facts of what can't be read now, and says where they are stale", () => {
    const broken = edited(whole, "src/charm.py", (text) => text.replace(S3, '"s3": self.'));
    const model = modelOf(broken);
    expect(factsOf(model)).toEqual(expected);
    expect(model.damaged).toBe(true);
    expect(model.stale.map(textAt)).toEqual(["self."]);
    expect(model.recovered.length).toBeGreaterThan(0);
  });

  it("says nothing of the kind about a charm that parses", () => {
    const model = modelOf(edited(whole, "src/charm.py", (text) => `${text}\n`));
    expect([model.damaged, model.stale, model.recovered]).toEqual([false, [], []]);
  });

  it(`keeps everything else in each of ${BREAKAGES.length} breakages`, () => {
    const damage = BREAKAGES.map((breakage) => [breakage.name, lost(breakage)] as const).filter(
      ([, facts]) => facts.length > 0,
    );
    expect(BREAKAGES.length).toBeGreaterThanOrEqual(40);
    expect(damage).toEqual([]);
  });

  it("calls nothing absent that may be in what is being typed", () => {
    const claims = BREAKAGES.flatMap((breakage) => {
      const { coordinator } = modelOf(withoutPast(breakage));
      if (!coordinator) return [];
      const keys = new Set(coordinator.endpoints.entries.map((entry) => entry.key));
      const gone = [...expected.keys()].filter((name) => name.startsWith("endpoint ") && !keys.has(name.slice(9)));
      const claimed = gone.length > 0 && coordinator.endpoints.complete ? gone : [];
      const proxyless = coordinator.telemetryProxy.kind === "known" && coordinator.telemetryProxy.value === null;
      return claimed.length > 0 || proxyless ? [[breakage.name, ...claimed, proxyless]] : [];
    });
    expect(claims).toEqual([]);
  });

  it("brings no error and no warning up while it is typed", () => {
    const right = analysis({ charms: [whole], topologies: [], settings: DEFAULT_SETTINGS });
    expect(right.diagnostics().filter(accuses).map(text)).toEqual([]);
    const wrong = withPast({ name: "a wrong name", from: S3, to: '"s3": "nowhere",', loses: [] });
    expect(
      analysis({ charms: [wrong], topologies: [], settings: DEFAULT_SETTINGS })
        .diagnostics()
        .filter(accuses).length,
    ).toBeGreaterThan(0);
    const accusations = BREAKAGES.flatMap((breakage) =>
      [withoutPast(breakage), withPast(breakage)].flatMap((charm) =>
        analysis({ charms: [charm], topologies: [], settings: DEFAULT_SETTINGS })
          .diagnostics()
          .filter(accuses)
          .map((each) => `${breakage.name}: ${text(each)}`),
      ),
    );
    expect(accusations).toEqual([]);
  }, 60_000);
});
