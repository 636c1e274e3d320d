import type { GraphOptions, GraphView, MeshOptions, StateMessage } from "#protocol";
import { element, filled } from "../page/element.ts";
import { counted, topologyName } from "../view/wording.ts";

export interface SwitchesPane {
  readonly element: HTMLElement;
  show(message: StateMessage): void;
}

const MESH_SWITCHES: readonly { readonly name: keyof MeshOptions; readonly title: string; readonly about: string }[] = [
  { name: "hardened", title: "Hardened", about: "Whatever no policy allows is denied (istio-k8s hardened-mode)." },
  {
    name: "managed",
    title: "Managed policies",
    about: "The beacon creates the policies (manage-authorization-policies).",
  },
  {
    name: "modelOnMesh",
    title: "Model on mesh",
    about: "Every application of the model is on the mesh (model-on-mesh).",
  },
  {
    name: "autoAllowWaypoint",
    title: "Automatic waypoint policy",
    about: "What passed the waypoint is let through at the workload (auto-allow-waypoint-policy).",
  },
];

/** The switches: mesh mode, TLS, deployment, and how many workers and backends are reckoned with. */
export function switchesPane(change: (options: GraphOptions) => void): SwitchesPane {
  const root = element("div", { class: "switches" });
  let last = "";
  return {
    element: root,
    show: (message) => {
      const { graph, options, choices, abilities } = message;
      const key = JSON.stringify([options, choices, abilities, graph?.mesh, graph?.topology, graph?.counts]);
      if (key === last) return;
      last = key;
      const active = document.activeElement;
      const focused = active instanceof HTMLElement && root.contains(active) ? active.getAttribute("name") : null;
      filled(root, ...content(message, change));
      if (focused !== null) root.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}

function content(message: StateMessage, change: (options: GraphOptions) => void): HTMLElement[] {
  const { graph, options, choices, abilities } = message;
  const fixed = !abilities.options;
  const mesh = options.mesh ??
    graph?.mesh ?? { hardened: false, managed: true, modelOnMesh: false, autoAllowWaypoint: true };
  const group = (title: string, ...children: (Node | null)[]) =>
    element("fieldset", { disabled: fixed }, element("legend", {}, title), ...children);
  return [
    fixed ? element("p", { class: "quiet" }, "This page is a snapshot: its switches show how it was made.") : null,
    group(
      "Mesh mode",
      ...MESH_SWITCHES.map(({ name, title, about }) => {
        const box = element("input", {
          type: "checkbox",
          name,
          checked: mesh[name],
          onchange: () => change({ ...options, mesh: { ...mesh, [name]: box.checked } }),
        });
        return element("label", { class: "switch" }, box, element("span", {}, title, element("small", {}, about)));
      }),
      options.mesh === null || fixed
        ? null
        : element(
            "button",
            { type: "button", class: "link", name: "mesh-reset", onclick: () => change({ ...options, mesh: null }) },
            "As the deployment says",
          ),
    ),
    group("TLS", tlsSwitch(options, change)),
    group("Deployment", topologySwitch(graph, options, choices, change)),
    group("Reckoned with", ...numberSwitches(graph, options, change)),
    choices.layers.length === 0
      ? null
      : group(
          "Layers",
          ...choices.layers.map(({ name, label }) => {
            const box = element("input", {
              type: "checkbox",
              name: `layer-${name}`,
              checked: !options.hiddenLayers.includes(name),
              onchange: () =>
                change({
                  ...options,
                  hiddenLayers: box.checked
                    ? options.hiddenLayers.filter((hidden) => hidden !== name)
                    : [...options.hiddenLayers, name],
                }),
            });
            return element("label", { class: "switch" }, box, element("span", {}, label));
          }),
        ),
  ].filter((part): part is HTMLFieldSetElement | HTMLParagraphElement => part !== null);
}

function tlsSwitch(options: GraphOptions, change: (options: GraphOptions) => void): HTMLElement {
  const values = {
    "": "As the deployment says",
    on: "On: the proxy listens on its https port",
    off: "Off: the proxy listens on its http port",
  };
  const select = element(
    "select",
    {
      name: "tls",
      "aria-label": "TLS",
      onchange: () => change({ ...options, tls: select.value === "" ? null : select.value === "on" }),
    },
    ...Object.entries(values).map(([value, text]) => element("option", { value }, text)),
  );
  select.value = options.tls === null ? "" : options.tls ? "on" : "off";
  return select;
}

const BEST = "best";
const INFERRED = "inferred";

function topologySwitch(
  graph: GraphView | null,
  options: GraphOptions,
  choices: StateMessage["choices"],
  change: (options: GraphOptions) => void,
): HTMLElement {
  const select = element(
    "select",
    {
      name: "topology",
      "aria-label": "Deployment",
      onchange: () => {
        const { value } = select;
        change({
          ...options,
          inferred: value === INFERRED,
          topology: value === INFERRED || value === BEST ? null : value.slice("file:".length),
        });
      },
    },
    element("option", { value: BEST }, graph ? `Best found: ${topologyName(graph.topology)}` : "Best found"),
    ...choices.topologies.map((one) =>
      element("option", { value: `file:${one.path}` }, `${one.label} (${one.source})`),
    ),
    element("option", { value: INFERRED }, "Inferred from the charms"),
  );
  select.value = options.inferred ? INFERRED : options.topology === null ? BEST : `file:${options.topology}`;
  if (select.value === "") select.value = BEST;
  return element(
    "div",
    {},
    select,
    graph?.topology.note ? element("p", { class: "quiet" }, graph.topology.note) : null,
  );
}

function numberSwitches(
  graph: GraphView | null,
  options: GraphOptions,
  change: (options: GraphOptions) => void,
): HTMLElement[] {
  const counts = graph?.counts ?? null;
  const field = (name: "workerUnits" | "backends", title: string, now: number | undefined) => {
    const input = element("input", {
      type: "number",
      name,
      min: 0,
      max: 1000,
      value: options[name] ?? "",
      placeholder: now === undefined ? "as deployed" : `as deployed (${now})`,
      onchange: () => {
        const value = input.value.trim() === "" ? null : Number(input.value);
        if (value === null || (Number.isInteger(value) && value >= 0 && value <= 1000))
          change({ ...options, [name]: value });
        else input.setAttribute("aria-invalid", "true");
      },
    });
    return element("label", { class: "field" }, element("span", {}, title), input);
  };
  const spared = counts ? counts.withoutRouting - counts.withRouting : 0;
  return [
    element(
      "div",
      { class: "field-pair" },
      field("workerUnits", "Units per worker", counts?.workers),
      field("backends", "Backends", counts?.backends),
    ),
    counts
      ? element(
          "p",
          { class: "quiet" },
          `Telemetry needs ${counted(counts.withRouting, "policy", "policies")} through the proxy, ${counts.withoutRouting} without it${spared > 0 ? `: ${spared} fewer` : ""}.`,
        )
      : element("p", { class: "quiet" }, "No coordinator with workers here: no policies for telemetry to count."),
  ];
}
