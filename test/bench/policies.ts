import { spawnSync } from "node:child_process";
import path from "node:path";
import { authorize, type EffectivePolicies, effectivePolicies, type Flow, type Topology } from "#mesh";
import { type Deployment, editedCharm, type Scale, scaledDeployment, TARGET } from "./policy-scale.ts";

/*
 * How long the policy engine takes for a large deployment, how that grows, and what a change costs; with the real Python library on the
 * same input where CHARM_MESH_RIVAL names its service_mesh.py and python3 has pydantic.
 *
 *     node scripts/run.mjs test/bench/policies.ts
 */

export interface BenchRow {
  readonly what: string;
  readonly milliseconds: number | null;
  readonly note: string;
}

const ROUNDS = 7;

/** All measurements, in the order in which they are printed. */
export function policyRows(): readonly BenchRow[] {
  return [...targetRows(), ...growthRows(), ...rivalRows()];
}

function targetRows(): readonly BenchRow[] {
  // Every round has charms and topology of its own, so that nothing is remembered from the one before.
  const fresh = () => scaledDeployment(TARGET);
  const first = timed(() => computed(fresh()));
  const size = sizeOf(fresh());
  const cold = median(Array.from({ length: ROUNDS }, () => coldRound(fresh())));
  const deployment = fresh();
  const set = computed(deployment);
  const again = median(rounds(() => computed(deployment)));
  const changes = Array.from({ length: ROUNDS }, () => changedRound(deployment));
  const copies = Array.from({ length: ROUNDS }, () => {
    const relations = deployment.topology.relations.map((one) => ({ ...one }));
    return timed(() => computed({ ...deployment, topology: { ...deployment.topology, relations } }));
  });
  const flows = flowsOf(deployment.topology, 10_000);
  return [
    { what: "effective policies, first time in the process", milliseconds: first, note: size },
    { what: "effective policies, warmed up, nothing remembered", milliseconds: cold, note: "target 300" },
    { what: "the same again", milliseconds: again, note: "nothing changed" },
    { what: "after a change in one charm", milliseconds: median(changes), note: "one of 50 worked out again" },
    { what: "with a new topology of equal content", milliseconds: median(copies), note: "compared, not worked out" },
    {
      what: "10,000 verdicts",
      milliseconds: median(rounds(() => verdicts(flows, set, deployment.topology))),
      note: "",
    },
  ];
}

function coldRound(deployment: Deployment): number {
  return timed(() => computed(deployment));
}

function changedRound(deployment: Deployment): number {
  const models = deployment.models.map((model, at) => (at === 25 ? editedCharm(model) : model));
  return timed(() => computed({ ...deployment, models }));
}

function growthRows(): readonly BenchRow[] {
  return [9, 19, 38, 76, 152].map((api) => {
    const scale: Scale = { ...TARGET, api };
    const milliseconds = median(Array.from({ length: ROUNDS }, () => coldRound(scaledDeployment(scale))));
    const relations = scaledDeployment(scale).topology.relations.length;
    const each = ((milliseconds * 1000) / relations).toFixed(1);
    return { what: `growth: ${relations} relations`, milliseconds, note: `${each} µs per relation` };
  });
}

function rivalRows(): readonly BenchRow[] {
  const library = process.env["CHARM_MESH_RIVAL"];
  const what = "the Python library on the same input";
  if (!library) return [{ what, milliseconds: null, note: "not run: CHARM_MESH_RIVAL names no service_mesh.py" }];
  const script = path.join(path.dirname(process.argv[1] ?? ""), "rival.py");
  const run = spawnSync("python3", [script, library], { input: JSON.stringify(rivalInput()), encoding: "utf8" });
  if (run.status !== 0) {
    const reason = run.error?.message ?? run.stderr.trim().split("\n").at(-1) ?? "";
    return [{ what, milliseconds: null, note: `not run: ${reason}` }];
  }
  const { build, resources, policies } = JSON.parse(run.stdout) as Record<string, number>;
  return [
    { what: `${what}: build_mesh_policies`, milliseconds: build ?? null, note: `${policies} policies` },
    { what: `${what}: AuthorizationPolicies`, milliseconds: resources ?? null, note: "names and hashes included" },
  ];
}

/** What the library's own functions are given in each coordinator and in the beacon: the declared policies and the relations. */
function rivalInput(): object {
  const { models, topology } = scaledDeployment(TARGET);
  const byName = new Map(models.map((model) => [model.metadata.name, model]));
  const applications = topology.applications.flatMap((application) => {
    const model = byName.get(application.charm);
    if (!model?.coordinator) return [];
    const related = topology.relations.filter(({ provider }) => provider.application === application.name);
    const api = related
      .filter(({ provider }) => provider.endpoint === "api")
      .map(({ requirer }) => requirer.application);
    const policies = model.policies.map((policy) => {
      const [endpoint] = policy.endpoints.kind === "known" ? policy.endpoints.value : [];
      const fields = endpoint
        ? {
            endpoints: [
              { ports: value(endpoint.ports), methods: value(endpoint.methods), paths: value(endpoint.paths) },
            ],
          }
        : { ports: value(policy.ports) };
      return { kind: policy.kind, fields: { relation: "api", ...fields } };
    });
    return [{ name: application.name, model: application.model, policies, relations: { api } }];
  });
  return { rounds: ROUNDS, applications };
}

function value(fact: { readonly kind: string; readonly value?: unknown }): unknown {
  return fact.kind === "known" ? fact.value : null;
}

function computed({ models, topology }: Deployment): EffectivePolicies {
  return effectivePolicies(models, topology);
}

function verdicts(flows: readonly Flow[], set: EffectivePolicies, topology: Topology): number {
  return flows.filter((flow) => authorize(flow, set, topology, topology.mode).verdict === "allowed").length;
}

function flowsOf(topology: Topology, count: number): readonly Flow[] {
  const { applications } = topology;
  const at = (index: number) => applications[index % applications.length]?.name ?? "";
  return Array.from({ length: count }, (_, index) => ({
    source: { application: at(index), model: "cos", onMesh: true },
    target: { application: at(index * 31 + 7), model: "cos", via: index % 2 ? "unit" : "service", service: null },
    port: 3000 + (index % 5),
    method: "GET",
    path: `/api/v${index % 5}/x`,
    host: null,
  }));
}

function sizeOf(deployment: Deployment): string {
  const { applications, relations } = deployment.topology;
  return `${applications.length} applications, ${relations.length} relations, ${computed(deployment).policies.length} policies`;
}

function rounds(run: () => unknown): readonly number[] {
  return Array.from({ length: ROUNDS }, () => timed(run));
}

function timed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** The measurements as a table. */
export function policyTable(rows: readonly BenchRow[]): string {
  const width = Math.max(...rows.map((row) => row.what.length));
  const lines = rows.map(({ what, milliseconds, note }) => {
    const time = milliseconds === null ? "–" : milliseconds.toFixed(1);
    return `${what.padEnd(width)}  ${time.padStart(8)}  ${note}`;
  });
  return [`${"policies".padEnd(width)}  ${"ms".padStart(8)}`, ...lines].join("\n");
}

if (process.argv[1]?.endsWith(path.join("bench", "policies.ts"))) console.log(policyTable(policyRows()));
