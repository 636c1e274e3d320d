import { describe, expect, it } from "vitest";
import { readWorkspace } from "#disk";
import { analysis, DEFAULT_SETTINGS } from "#ide";
import type { Endpoint } from "#mesh";
import { authorize, DEFAULT_MESH_MODE, effectivePolicies, inferredTopology, topologiesOf, trafficGraph } from "#mesh";
import { graphTable, graphView } from "#picture";
import { known } from "#python";
import { sampleOf } from "../../engine/mesh/src/graph/edge-verdict.ts";
import { placeIn } from "../support/model-fixture.ts";
import { root } from "../tidy/source-tree.ts";
import { COS, declared, tempo, worker } from "./cos.ts";
import { graphFor, shownEdges } from "./deployment.ts";

/* What the picture says, the table, `can` and `check` say too. */

const HARDENED = { hardened: true, managed: true, modelOnMesh: false, autoAllowWaypoint: true };

const MODES = [DEFAULT_MESH_MODE, HARDENED];
const WHERE = ["samples/observability", "samples/faulty"].flatMap((folder) => MODES.map((mode) => ({ folder, mode })));

describe.each(WHERE)("$folder, hardened: $mode.hardened", async ({ folder, mode }) => {
  const disk = await readWorkspace([folder], { base: root });
  const found = analysis({ ...disk, settings: DEFAULT_SETTINGS });
  const models = found.charms.filter((charm) => !charm.test);
  const diagnostics = found.diagnostics();
  const deployments = [inferredTopology(models), ...topologiesOf(disk.topologies, models)].map((topology) => {
    const effective = effectivePolicies(models, topology, { mode });
    return { topology, effective, graph: trafficGraph(models, topology, effective, { mode }) };
  });

  it("a line that is allowed or denied has the verdict of `can` for what it stands for", () => {
    let asked = 0;
    for (const { topology, effective, graph } of deployments) {
      const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
      for (const edge of graph.edges) {
        if (edge.verdict === "unknown" || edge.kind === "mesh" || edge.kind === "internal") continue;
        if (edge.layer === null || edge.policies.some((policy) => policy.meshPolicy.target_service)) continue;
        const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
        if (!source || !target) continue;
        const via = edge.layer === "l7" ? "service" : "unit";
        for (const grant of edge.grants ?? [edge]) {
          const sample = sampleOf({ ...grant, hosts: null } as Endpoint, via, null, 80);
          const { verdict } = authorize(
            {
              ...sample,
              source: { application: source.application, model: source.model, onMesh: null },
              target: { application: target.application, model: target.model, via, service: null },
            },
            effective,
            topology,
            mode,
          );
          asked += 1;
          expect(verdict, edge.id).toBe(edge.verdict);
        }
      }
    }
    expect(asked).toBeGreaterThan(5);
  });

  it("a line that is drawn as denied is denied", () => {
    const denied = deployments.flatMap(({ graph }) => graph.edges.filter(({ kind }) => kind === "denied"));
    if (folder === "samples/faulty") expect(denied.length).toBeGreaterThan(0);
    for (const { id, verdict } of denied) expect(verdict, id).toBe("denied");
  });

  it("where `check` warns of a missing policy or one of the wrong kind, the line is denied, and nowhere else", () => {
    const warned = new Set<string>();
    for (const { code, severity, message, location } of diagnostics) {
      if (code !== "missing-policy" && code !== "policy-kind-mismatch") continue;
      if (severity !== "warning") continue;
      const endpoint = /“([^”]+)”/.exec(message)?.[1];
      const charm = models.find(({ charm }) => location.file.path.startsWith(`${charm.root}/`));
      if (endpoint && charm) warned.add(`${charm.charm.root} ${endpoint}`);
    }
    const inferred = deployments[0]?.graph;
    const nodes = new Map(inferred?.nodes.map((node) => [node.id, node]));
    const denied = new Set(
      inferred?.edges.flatMap((edge) => {
        const target = nodes.get(edge.target);
        return edge.kind === "denied" ? [`${target?.charmRoot} ${edge.relation}`] : [];
      }),
    );
    for (const one of warned) expect(denied).toContain(one);
    // A policy that names a relation which does not exist is reported at its own place.
    const reported = diagnostics.map(({ message }) => message).join("\n");
    for (const one of denied) if (!warned.has(one)) expect(reported, one).toContain(one.split(" ")[1] ?? one);
  });

  it("the table has every line with its verdict", () => {
    for (const { topology, effective, graph } of deployments) {
      const table = graphTable(graphView(graph, topology, effective, mode));
      const counts = (text: string, word: string) => text.split(new RegExp(`\\b${word}\\b`, "i")).length - 1;
      const denied = graph.edges.filter((edge) => edge.verdict === "denied").length;
      expect(counts(table, "denied")).toBeGreaterThanOrEqual(denied);
    }
  });
});

describe("routes", () => {
  const address = (relation: string, kind: "unit" | "application") => ({
    relation,
    address: known(kind),
    port: known(3200),
    location: placeIn("tempo/src/charm.py", 30),
  });

  it("a line goes where the published address leads: a policy for the Service does not let traffic to the pods in", () => {
    const model = tempo([declared("AppPolicy", "api", [3200])], {
      published: [address("api", "unit")] as never,
    });
    expect(shownEdges(graphFor([model, worker], COS, { mode: HARDENED }), ["service", "unit", "denied"])).toContain(
      'denied shop -> tempo "api :3200 no policy for the pods" denied l4',
    );
    const right = tempo([declared("UnitPolicy", "api", [3200])], { published: [address("api", "unit")] as never });
    expect(shownEdges(graphFor([right, worker], COS, { mode: HARDENED }), ["unit", "denied"])).toContain(
      'unit shop -> tempo "api :3200" allowed l4',
    );
  });

  it("a policy for the pods does not let traffic to the Service in", () => {
    const model = tempo([declared("UnitPolicy", "api", [3200])], {
      published: [address("api", "application")] as never,
    });
    expect(shownEdges(graphFor([model, worker], COS, { mode: HARDENED }), ["service", "unit", "denied"])).toContain(
      'denied shop -> tempo "api :3200 no policy for the Service" denied l7',
    );
  });

  it("a relation that is only declared draws no denied line", () => {
    const silent = tempo([], { published: [address("metrics-endpoint", "unit")] as never });
    const denied = (model: ReturnType<typeof tempo>) =>
      shownEdges(graphFor([model, worker], COS, { mode: HARDENED }), ["denied"]).filter((one) => one.includes("api"));
    expect(denied(silent)).toEqual([]);
    const spoken = tempo([], { published: [address("api", "unit")] as never });
    expect(denied(spoken)).toEqual(['denied shop -> tempo "api :3200 no policy" denied l4']);
  });
});

describe("a coordinator without the mesh keys", () => {
  const on = tempo([declared("AppPolicy", "api", [3200])]);
  const call = on.coordinator;
  if (!call) throw new Error("no coordinator");
  const entries = call.endpoints.entries.filter(({ key }) => !key.startsWith("service-mesh"));
  const members = (endpoints: typeof call.endpoints) => {
    const charms = [{ ...on, coordinator: { ...call, endpoints } }, worker];
    return [COS, null].map((text) =>
      graphFor(charms, text, { mode: HARDENED })
        .nodes.filter(({ application }) => application.startsWith("tempo") && application !== "tempo-api")
        .map(({ onMesh }) => onMesh),
    );
  };

  it("is not on the mesh, nor are its workers, and no line to it is denied", () => {
    const endpoints = { ...call.endpoints, entries };
    expect(members(endpoints)).toEqual([
      [false, false],
      [false, false],
    ]);
    const graph = graphFor([{ ...on, coordinator: { ...call, endpoints } }, worker], COS, { mode: HARDENED });
    expect(graph.edges.filter(({ target, verdict }) => target.endsWith("/tempo") && verdict === "denied")).toEqual([]);
  });

  it("may be on the mesh where its map was not read whole", () => {
    const unread = members({ ...call.endpoints, entries, complete: false });
    expect(unread).toEqual(members(call.endpoints));
    expect(unread[0]).toEqual([true, true]);
  });
});
