import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { GraphOptions, GraphView, MeshOptions, StateMessage } from "#protocol";
import { telemetryPolicies, topologyName } from "../view/wording.ts";

interface SettingsProps {
  readonly message: StateMessage;
  readonly change: (options: GraphOptions) => void;
}

const MESH_SWITCHES: readonly { readonly name: keyof MeshOptions; readonly title: string; readonly about: string }[] = [
  { name: "hardened", title: "Hardened", about: "Denies all traffic that no policy allows (istio-k8s hardened-mode)." },
  {
    name: "managed",
    title: "Managed policies",
    about: "The beacon creates the policies (manage-authorization-policies).",
  },
  {
    name: "modelOnMesh",
    title: "Model on mesh",
    about: "Puts every application of the model on the mesh (model-on-mesh).",
  },
  {
    name: "autoAllowWaypoint",
    title: "Automatic waypoint policy",
    about: "Lets traffic from the waypoint reach the workload (auto-allow-waypoint-policy).",
  },
];

/** The settings that the graph is made for: mesh mode, TLS, deployment, and assumed numbers of workers and backends. */
export function SettingsPane({ message, change }: SettingsProps) {
  const { graph, options, abilities } = message;
  const fixed = !abilities.options;
  const mesh = options.mesh ??
    graph?.mesh ?? { hardened: false, managed: true, modelOnMesh: false, autoAllowWaypoint: true };
  return (
    <div class="switches">
      {fixed ? <p class="quiet">This page is a snapshot. It shows the settings that it was made with.</p> : null}
      <Group title="Mesh mode" disabled={fixed}>
        {MESH_SWITCHES.map(({ name, title, about }) => (
          <label key={name} class="switch">
            <input
              type="checkbox"
              name={name}
              checked={mesh[name]}
              onChange={(event) => change({ ...options, mesh: { ...mesh, [name]: event.currentTarget.checked } })}
            />
            <span>
              {title}
              <small>{about}</small>
            </span>
          </label>
        ))}
        {options.mesh === null || fixed ? null : (
          <button type="button" class="link" name="mesh-reset" onClick={() => change({ ...options, mesh: null })}>
            Use the deployment's values
          </button>
        )}
      </Group>
      <Group title="TLS" disabled={fixed}>
        <select
          name="tls"
          aria-label="TLS"
          value={options.tls === null ? "" : options.tls ? "on" : "off"}
          onChange={({ currentTarget: { value } }) => change({ ...options, tls: value === "" ? null : value === "on" })}
        >
          <option value="">The deployment's value</option>
          <option value="on">On: the proxy listens on its https port</option>
          <option value="off">Off: the proxy listens on its http port</option>
        </select>
      </Group>
      <Group title="Deployment" disabled={fixed}>
        <TopologySelect message={message} change={change} />
        {graph?.topology.note ? <p class="quiet">{graph.topology.note}</p> : null}
      </Group>
      <Group title="Assumptions" disabled={fixed}>
        <Numbers graph={graph} options={options} change={change} />
      </Group>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly disabled: boolean;
  readonly children: ComponentChildren;
}

function Group({ title, disabled, children }: GroupProps) {
  return (
    <fieldset disabled={disabled}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

const BEST = "best";
const INFERRED = "inferred";

function TopologySelect({ message: { graph, options, choices }, change }: SettingsProps) {
  const wanted = options.inferred ? INFERRED : options.topology === null ? BEST : `file:${options.topology}`;
  const known = [BEST, INFERRED, ...choices.topologies.map(({ path }) => `file:${path}`)];
  return (
    <select
      name="topology"
      aria-label="Deployment"
      value={known.includes(wanted) ? wanted : BEST}
      onChange={({ currentTarget: { value } }) =>
        change({
          ...options,
          inferred: value === INFERRED,
          topology: value === INFERRED || value === BEST ? null : value.slice("file:".length),
        })
      }
    >
      <option value={BEST}>{graph ? `Best found: ${topologyName(graph.topology)}` : "Best found"}</option>
      {choices.topologies.map((one) => (
        <option key={one.path} value={`file:${one.path}`}>
          {one.label} ({one.source})
        </option>
      ))}
      <option value={INFERRED}>Inferred from the charms</option>
    </select>
  );
}

interface NumbersProps {
  readonly graph: GraphView | null;
  readonly options: GraphOptions;
  readonly change: (options: GraphOptions) => void;
}

function Numbers({ graph, options, change }: NumbersProps) {
  const counts = graph?.counts ?? null;
  const set = (name: "workerUnits" | "backends") => (value: number | null) => change({ ...options, [name]: value });
  return (
    <>
      <div class="field-pair">
        <NumberField
          name="workerUnits"
          title="Units per worker"
          value={options.workerUnits}
          deployed={counts?.workers}
          change={set("workerUnits")}
        />
        <NumberField
          name="backends"
          title="Backends"
          value={options.backends}
          deployed={counts?.backends}
          change={set("backends")}
        />
      </div>
      <p class="quiet">
        {telemetryPolicies(counts) ?? "There is no coordinator with workers here, so telemetry needs no policies."}
      </p>
    </>
  );
}

interface NumberFieldProps {
  readonly name: string;
  readonly title: string;
  /** null: as the deployment says. */
  readonly value: number | null;
  readonly deployed: number | undefined;
  readonly change: (value: number | null) => void;
}

const MOST = 1000;

function NumberField({ name, title, value, deployed, change }: NumberFieldProps) {
  const [wrong, setWrong] = useState(false);
  const error = useId();
  return (
    <label class="field">
      <span>{title}</span>
      <input
        type="number"
        name={name}
        min={0}
        max={MOST}
        value={value ?? ""}
        placeholder={deployed === undefined ? "as deployed" : `as deployed (${deployed})`}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? error : undefined}
        onChange={({ currentTarget }) => {
          const text = currentTarget.value.trim();
          const number = text === "" ? null : Number(text);
          const valid = number === null || (Number.isInteger(number) && number >= 0 && number <= MOST);
          setWrong(!valid);
          if (valid) change(number);
        }}
      />
      {wrong ? (
        <small class="field-error" id={error}>
          A whole number from 0 to {MOST}.
        </small>
      ) : null}
    </label>
  );
}
