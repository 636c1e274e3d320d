import {
  failure,
  isDict,
  isList,
  type PythonError,
  type PyValue,
  typeName,
} from "../../../engine/mesh/src/policy/python/value.ts";
import { jsonText } from "./json-text.ts";
import { jsonValue } from "./json-value.ts";

/** One call of the Kubernetes client. `obj` is a dict in the order in which the library writes it. */
export interface ClientCall {
  readonly op: "get" | "create" | "patch";
  readonly kind: "ConfigMap" | "StatefulSet" | "Service";
  readonly name: string;
  readonly obj?: PyValue;
}

/** What the cluster has under the ConfigMap's name: its data, or the HTTP status of the failure to get it. */
export type StoredConfigMap =
  | { readonly data: PyValue; readonly metadata: PyValue | undefined }
  | { readonly httpError: number };

export interface LabelTarget {
  readonly app: string;
  readonly namespace: string;
  readonly configMapName: string;
}

export interface LabelStep {
  readonly calls: readonly ClientCall[];
  readonly error: PythonError | null;
  /** What is stored afterwards; as before where the step failed early. */
  readonly stored: StoredConfigMap;
}

/** Labels in the order in which they are given. */
export type Labels = ReadonlyMap<PyValue, PyValue>;

/**
 * One call of reconcile_charm_labels (domain/vectors.md 2.9) against a cluster that holds `stored`: the client calls in order,
 * the exception that ends it early, and what is stored afterwards.
 */
export function labelStep(target: LabelTarget, stored: StoredConfigMap, labels: Labels): LabelStep {
  const name = target.configMapName;
  const calls: ClientCall[] = [{ op: "get", kind: "ConfigMap", name }];
  let current: Exclude<StoredConfigMap, { readonly httpError: number }>;
  if ("httpError" in stored) {
    if (stored.httpError !== 404) return { calls, error: { type: "HTTPStatusError", message: "boom" }, stored };
    const metadata = dict([
      ["name", name],
      ["namespace", target.namespace],
    ]);
    current = { data: dict([["labels", "{}"]]), metadata };
    calls.push({ op: "create", kind: "ConfigMap", name, obj: configMap(current) });
  } else {
    current = stored;
  }
  const known = storedNames(current.data);
  if ("error" in known) return { calls, error: known.error, stored: current };
  const patch = new Map(labels);
  for (const label of known.value) if (!patch.has(label)) patch.set(label, null);
  const metadata = dict([["labels", patch]]);
  const template = dict([["template", dict([["metadata", metadata]])]]);
  calls.push({ op: "patch", kind: "StatefulSet", name: target.app, obj: dict([["spec", template]]) });
  calls.push({ op: "patch", kind: "Service", name: target.app, obj: dict([["metadata", metadata]]) });
  const kept = new Map([...patch].filter(([, value]) => value !== null));
  const written = { data: dict([["labels", jsonText(kept)]]), metadata: current.metadata };
  calls.push({ op: "patch", kind: "ConfigMap", name, obj: configMap(written) });
  return { calls, error: null, stored: written };
}

function storedNames(data: PyValue): { readonly value: readonly PyValue[] } | { readonly error: PythonError } {
  if (!isDict(data) || data.size === 0) return { value: [] };
  const text = data.get("labels");
  if (text === undefined) return failure("KeyError", "'labels'");
  if (typeof text !== "string") {
    return failure("TypeError", `the JSON object must be str, bytes or bytearray, not ${typeName(text)}`);
  }
  const parsed = jsonValue(text);
  if ("error" in parsed) return parsed;
  const names = parsed.value;
  if (isDict(names)) return { value: [...names.keys()] };
  if (typeof names === "string") return { value: [...names] };
  if (!isList(names)) return failure("TypeError", `'${typeName(names)}' object is not iterable`);
  const unhashable = names.find((item) => isDict(item) || isList(item));
  return unhashable === undefined
    ? { value: names }
    : failure("TypeError", `unhashable type: '${typeName(unhashable)}'`);
}

function configMap(map: { readonly data: PyValue; readonly metadata: PyValue | undefined }): PyValue {
  return dict([["data", map.data], ...(map.metadata === undefined ? [] : [["metadata", map.metadata] as const])]);
}

function dict(entries: readonly (readonly [string, PyValue])[]): PyValue {
  return new Map(entries);
}
