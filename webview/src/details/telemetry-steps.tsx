import type { EdgeView } from "#protocol";
import type { GraphIndex } from "../view/graph-index.ts";
import type { TelemetryPath } from "../view/telemetry-path.ts";
import { pathsText, portsText, shortName } from "../view/wording.ts";
import { VerdictChip } from "./flow-facts.tsx";
import { type DetailsActions, Section } from "./parts.tsx";

interface TelemetryStepsProps {
  readonly paths: readonly TelemetryPath[];
  readonly index: GraphIndex;
  readonly actions: DetailsActions;
}

/** Hops of a path that are listed; the rest is counted. */
const MOST_STEPS = 12;

/** Telemetry paths, each as its hops in order: who calls whom, on which port, path and scheme, and what the mesh does with it. */
export function TelemetrySteps({ paths, index, actions }: TelemetryStepsProps) {
  return (
    <>
      {paths.map((path) => {
        const steps = [...path.toProxy, ...path.fromProxy];
        const proxy = shortName(index.nodes.get(path.proxy)?.label ?? path.proxy);
        const signal = path.signal.replaceAll("-", " ");
        return (
          <Section key={steps[0]?.id ?? path.signal} title={`Path of ${signal} through the proxy of ${proxy}`}>
            <ol class="path-steps">
              {steps.slice(0, MOST_STEPS).map((edge) => (
                <Step key={edge.id} edge={edge} index={index} actions={actions} />
              ))}
            </ol>
            {steps.length > MOST_STEPS ? <p class="quiet">and {steps.length - MOST_STEPS} more hops</p> : null}
          </Section>
        );
      })}
    </>
  );
}

function Step({ edge, index, actions }: Omit<TelemetryStepsProps, "paths"> & { readonly edge: EdgeView }) {
  const name = (id: string) => shortName(index.nodes.get(id)?.label ?? id);
  const address =
    edge.layer === "l7" ? "to the Service" : edge.layer === "l4" ? "to the pods" : "to the Service or the pods";
  const known = edge.ports !== null && edge.ports.length > 0;
  return (
    <li>
      <button type="button" class="flow step-row" onClick={() => actions.select({ kind: "edge", id: edge.id })}>
        <span class="flow-end">
          {name(edge.source)} → {name(edge.target)}
        </span>
        <VerdictChip verdict={edge.verdict} />
        <span class="flow-label">
          {[
            address,
            known ? `:${portsText(edge)}` : portsText(edge),
            edge.paths === null ? "" : shortName(pathsText(edge)),
            edge.scheme ?? "",
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
      </button>
    </li>
  );
}
