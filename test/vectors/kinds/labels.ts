import type { PyValue } from "#mesh";
import {
  charmKubernetesLabel,
  type LabelParts,
  truncatedLabelValue,
} from "../../../engine/mesh/src/policy/library/label-values.ts";
import { isDict, type PythonError } from "../../../engine/mesh/src/policy/python/value.ts";
import { list, member, type Shape, text } from "../json-shape.ts";
import { labelStep, type StoredConfigMap } from "../library/label-reconciliation.ts";

export function labels(input: PyValue): Shape {
  const target = {
    app: text(input, "app"),
    namespace: text(input, "namespace"),
    configMapName: text(input, "configmap_name"),
  };
  const given = member(input, "configmap");
  const httpError = isDict(given) ? given.get("http_error") : undefined;
  const metadata = new Map<PyValue, PyValue>([
    ["name", target.configMapName],
    ["namespace", target.namespace],
  ]);
  let stored: StoredConfigMap =
    typeof httpError === "number" ? { httpError } : { data: member(given, "data"), metadata };
  const steps: Shape[] = [];
  for (const wanted of list(input, "steps")) {
    if (!isDict(wanted)) throw new Error("a step must be an object");
    const step = labelStep(target, stored, wanted);
    steps.push({ calls: step.calls as unknown as Shape, ...(step.error ? { error: errorOf(step.error) } : {}) });
    if (step.error) break;
    stored = step.stored;
  }
  return { steps };
}

export function kubernetesLabelValues(input: PyValue): Shape {
  if (text(input, "function") === "truncate_label_value") return outcome(truncatedLabelValue(text(input, "value")));
  const separator = member(input, "separator");
  const maxLength = member(input, "max_length");
  const parts: LabelParts = {
    model: text(input, "model_name"),
    app: text(input, "app_name"),
    prefix: String(member(input, "prefix") ?? ""),
    suffix: String(member(input, "suffix") ?? ""),
    ...(typeof separator === "string" ? { separator } : {}),
    ...(typeof maxLength === "number" ? { maxLength } : {}),
  };
  const helper = outcome(charmKubernetesLabel(parts));
  const canonical = outcome(charmKubernetesLabel(parts, "canonical-service-mesh"));
  const differs = JSON.stringify(helper) !== JSON.stringify(canonical);
  return differs ? { ...helper, canonical_service_mesh: canonical } : helper;
}

function outcome(result: { readonly value: string } | { readonly error: PythonError }): {
  readonly [key: string]: Shape;
} {
  return "error" in result ? { error: errorOf(result.error) } : { value: result.value };
}

function errorOf(error: PythonError): Shape {
  return { type: error.type, message: error.message };
}
