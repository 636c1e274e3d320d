import type { BoxView, EdgeView, GraphView, NodeView, PolicyView } from "#protocol";
import { edge, graph, node, policy } from "./graph-parts.ts";

/* Deployments as operators know them: an observability stack, and many of them beside the applications they watch. */

/** One charm that is not on the mesh yet. */
export function loneCharm(): GraphView {
  return graph({
    nodes: [node("shop", "application", { onMesh: false, charmRoot: "shop" })],
    more: {
      topology: {
        source: "inferred",
        path: null,
        note: "No topology file: applications are inferred from the charms.",
      },
    },
  });
}

interface Stack {
  readonly nodes: NodeView[];
  readonly edges: EdgeView[];
  readonly boxes: BoxView[];
  readonly policies: PolicyView[];
  readonly coordinator: NodeView;
}

const PROXY: Partial<EdgeView> = { scheme: "http", ports: [3300], layer: "l7" };

/** A coordinator with its workers, and telemetry through its proxy to the backends. */
function stack(name: string, model: string, workers: readonly string[], backends: Backends): Stack {
  const box = `cluster:${model}/${name}`;
  const coordinator = node(name, "coordinator", { model, box, charmRoot: "coordinator", roles: [] });
  const nodes = [coordinator];
  const edges: EdgeView[] = [];
  const policies: PolicyView[] = [];
  for (const role of workers) {
    const worker = node(`${name}-${role}`, "worker", { model, box, units: 3, roles: [role], charmRoot: "worker" });
    nodes.push(worker);
    const both = policy(`${name}-${role}-internal`, coordinator, worker, {
      origin: "cluster-internal",
      kind: "unit",
      summary: `members of ${name}'s cluster may reach each other on all ports`,
    });
    policies.push(both);
    edges.push(
      edge("internal", coordinator, worker, "all ports", { policies: [both.id] }),
      edge("internal", worker, coordinator, "all ports", { policies: [both.id] }),
      edge("telemetry", worker, coordinator, ":3300 /proxy/loki", {
        ...PROXY,
        telemetry: "logs",
        hop: "to-proxy",
        methods: ["POST"],
        paths: ["/proxy/loki/{unit}/push"],
        policies: [both.id],
      }),
      edge("telemetry", backends.prometheus, coordinator, `GET :3300 ${role}`, {
        ...PROXY,
        telemetry: "metrics",
        hop: "to-proxy",
        methods: ["GET"],
        paths: ["/proxy/worker/{unit}/metrics"],
        relation: "metrics-endpoint",
        interface: "prometheus_scrape",
      }),
    );
  }
  const push = policy(`${name}-logging`, coordinator, backends.loki, { origin: "charm", kind: "unit" });
  const scrape = policy(`${name}-metrics`, backends.prometheus, coordinator, {
    origin: "coordinator-default",
    kind: "unit",
  });
  policies.push(push, scrape);
  edges.push(
    edge("telemetry", coordinator, backends.loki, "logs :3100", {
      telemetry: "logs",
      hop: "from-proxy",
      ports: [3100],
      methods: ["POST"],
      paths: ["/loki/api/v1/push"],
      relation: "logging",
      interface: "loki_push_api",
      policies: [push.id],
    }),
    edge("unit", backends.prometheus, coordinator, ":9113", {
      ports: [9113],
      relation: "metrics-endpoint",
      interface: "prometheus_scrape",
      policies: [scrape.id],
    }),
  );
  return {
    nodes,
    edges,
    policies,
    coordinator,
    boxes: [{ id: box, kind: "cluster", label: name, parent: `model:${model}` }],
  };
}

interface Backends {
  readonly loki: NodeView;
  readonly prometheus: NodeView;
}

function backends(model: string): Backends {
  return {
    loki: node("loki", "backend", { model, units: 2 }),
    prometheus: node("prometheus", "backend", { model }),
  };
}

/** Five applications: a coordinator with a worker, two backends and a client in another model that is denied. */
export function smallStack(): GraphView {
  const back = backends("cos");
  const tempo = stack("tempo", "cos", ["all"], back);
  const shop = node("shop", "client", { model: "apps", onMesh: false });
  const traces = policy("tempo-tracing", shop, tempo.coordinator, { summary: "shop may POST port 4318 of tempo" });
  return graph({
    nodes: [...tempo.nodes, back.loki, back.prometheus, shop],
    edges: [
      ...tempo.edges,
      edge("denied", shop, tempo.coordinator, "tracing :4318", {
        relation: "tracing",
        interface: "tracing",
        ports: [4318],
      }),
    ],
    boxes: tempo.boxes,
    policies: [...tempo.policies, traces],
    more: { counts: { withRouting: 14, withoutRouting: 38, workers: 3, backends: 2 } },
  });
}

/** Ten nodes with every kind of node and of edge. */
export function everyKind(): GraphView {
  const back = backends("cos");
  const tempo = stack("tempo", "cos", ["querier", "ingester"], back);
  const worker = tempo.nodes[1] as NodeView;
  const grafana = node("grafana", "application", { units: 2 });
  const traefik = node("traefik", "ingress");
  const beacon = node("beacon", "beacon");
  const shop = node("shop", "client", { model: "apps" });
  const batch = node("batch", "client", { model: "apps", onMesh: false });
  const api = policy("tempo-api", grafana, tempo.coordinator);
  return graph({
    nodes: [...tempo.nodes, back.loki, back.prometheus, grafana, traefik, beacon, shop, batch],
    edges: [
      ...tempo.edges,
      edge("service", grafana, tempo.coordinator, "GET :3200", {
        ports: [3200],
        methods: ["GET"],
        paths: ["/api/*"],
        relation: "tempo-api",
        interface: "tempo_api",
        policies: [api.id],
      }),
      edge("telemetry-bypass", worker, back.loki, ":3100 past the proxy", {
        telemetry: "logs",
        hop: "direct",
        ports: [3100],
        verdict: "denied",
      }),
      edge("mesh", beacon, tempo.coordinator, "service-mesh", { relation: "service-mesh", interface: "service_mesh" }),
      edge("mesh", traefik, grafana, "ingress", { relation: "ingress", interface: "ingress" }),
      edge("cross-model", shop, tempo.coordinator, "tracing :4318", {
        ports: [4318],
        layer: "l7",
        relation: "tracing",
        interface: "tracing",
      }),
      edge("suggested", batch, grafana, "grafana-dashboard", {
        verdict: "unknown",
        relation: "grafana-dashboard",
        interface: "grafana_dashboard",
      }),
      edge("denied", batch, tempo.coordinator, "tracing :4317", {
        ports: [4317],
        relation: "tracing",
        interface: "tracing",
      }),
    ],
    boxes: tempo.boxes,
    policies: [...tempo.policies, api],
    more: { counts: { withRouting: 14, withoutRouting: 38, workers: 6, backends: 2 } },
  });
}

/** The same with one state compared to another: added, removed, widened and narrowed edges. */
export function compared(): GraphView {
  const view = everyKind();
  const changes = ["opened", "closed", "widened", "narrowed"] as const;
  const changed = view.edges.filter(
    (one) => one.kind === "service" || one.kind === "denied" || one.kind === "unit" || one.kind === "cross-model",
  );
  return {
    ...view,
    changes: { opened: 1, closed: 1, widened: 1, narrowed: 1, changed: 0 },
    edges: view.edges.map((one) => {
      const at = changed.indexOf(one);
      return at < 0 ? one : { ...one, change: changes[at % changes.length] ?? null };
    }),
  };
}

const STACKS = ["tempo", "mimir", "loki-cluster", "pyroscope"];
const ROLES = ["querier", "ingester", "distributor", "compactor"];

/** A deployment of about so many applications: stacks with their workers, and clients in a second model that send them traces. */
export function deployment(applications: number): GraphView {
  const back = backends("cos");
  const parts: Stack[] = [];
  let count = 2;
  for (let at = 0; count + 5 <= applications * 0.6 || at === 0; at++) {
    const name =
      at < STACKS.length ? (STACKS[at] as string) : `${STACKS[at % STACKS.length]}-${Math.floor(at / STACKS.length)}`;
    const workers = ROLES.slice(0, Math.max(1, Math.min(ROLES.length, applications - count - 1)));
    parts.push(stack(name, "cos", workers, back));
    count += 1 + workers.length;
  }
  const nodes = [back.loki, back.prometheus, ...parts.flatMap((part) => part.nodes)];
  const edges = parts.flatMap((part) => part.edges);
  for (let at = 0; nodes.length < applications; at++) {
    const target = parts[at % parts.length]?.coordinator as NodeView;
    const client = node(`shop-${at}`, "client", { model: `apps-${at % 3}`, onMesh: at % 5 !== 4 });
    nodes.push(client);
    edges.push(
      at % 5 === 4
        ? edge("denied", client, target, "tracing :4317", { ports: [4317], relation: "tracing", interface: "tracing" })
        : edge("cross-model", client, target, "tracing :4318", {
            ports: [4318],
            layer: "l7",
            relation: "tracing",
            interface: "tracing",
          }),
    );
  }
  return graph({
    nodes,
    edges,
    boxes: parts.flatMap((part) => part.boxes),
    policies: parts.flatMap((part) => part.policies),
    more: { counts: { withRouting: 14 * parts.length, withoutRouting: 60 * parts.length, workers: 12, backends: 2 } },
  });
}

/** Names that try to break out of every language on their way to the screen. */
export const HOSTILE_NAMES = [
  `<script>window.broken = true</script>`,
  `"]; click n0 call alert("x"); n9["`,
  "`**bold** [link](javascript:alert(1))`",
  "%%{init: {'theme':'dark'}}%%",
  "end",
  `<img src=x onerror="window.broken = true">`,
  "#quot;#35;&lt;&amp;&#x3c;",
  "line\nbreak\r\nand\u2028more\u0000",
  "\u202egnihtemos\u200b",
  `${"very-long-".repeat(1000)}name`,
  "ﬂ°quot¶ß",
  "a\ud800b",
];

/** Every text of a graph is hostile. */
export function hostile(): GraphView {
  const nodes = HOSTILE_NAMES.map((name, at) =>
    node(name, at % 2 === 0 ? "application" : "coordinator", { model: name, box: `model:${name}`, roles: [name] }),
  );
  const edges = nodes.slice(1).map((target, at) =>
    edge("service", nodes[at] as NodeView, target, HOSTILE_NAMES[at] as string, {
      relation: HOSTILE_NAMES[at] as string,
      interface: HOSTILE_NAMES[at] as string,
      paths: [HOSTILE_NAMES[at] as string],
      because: [
        {
          text: HOSTILE_NAMES[at] as string,
          place: { path: HOSTILE_NAMES[at] as string, line: 1, character: 0 },
          citation: HOSTILE_NAMES[at] as string,
        },
      ],
    }),
  );
  return graph({ nodes, edges });
}

/** More lines than the layout takes: 40 applications, each of which calls all others. */
export function tangle(): GraphView {
  const nodes = Array.from({ length: 40 }, (_, at) => node(`app-${at}`, "application"));
  const edges = nodes.flatMap((source) =>
    nodes.flatMap((target) => (source === target ? [] : [edge("service", source, target, ":80")])),
  );
  return graph({ nodes, edges });
}
