import type { DeclaredPolicy } from "#charm";
import { type Fact, knownValue } from "#python";

/** The cross-field part of a MeshPolicy, as far as known. `undefined`: not known; null: not given or None. */
export interface MeshPolicyTargetFacts {
  readonly type: "app" | "unit" | undefined;
  readonly appName: string | null | undefined;
  readonly service: string | null | undefined;
  /** How many labels it selects by; their values may be known only at run time. */
  readonly labels: "none" | "some" | undefined;
}

/** Reads the target of a MeshPolicy off its fields. A field that may be hidden by `**` is not known. */
export function meshPolicyTarget(policy: DeclaredPolicy): MeshPolicyTargetFacts {
  const text = (name: string): string | null | undefined => {
    const fact = field(policy, name);
    if (fact === undefined) return undefined;
    if (fact === null) return null;
    // A name made at run time (`self.app.name`) is some text that is not empty.
    if (fact.kind === "template") return fact.text;
    const value = knownValue(fact);
    return typeof value === "string" || value === null ? value : undefined;
  };
  const type = field(policy, "target_type");
  return {
    type: type === null ? "app" : typeOf(type && knownValue(type)),
    appName: text("target_app_name"),
    service: text("target_service"),
    labels: labelsOf(field(policy, "target_selector_labels")),
  };
}

/** null: certainly absent; undefined: unknown. */
function field(policy: DeclaredPolicy, name: string): Fact<unknown> | null | undefined {
  return policy.fields.get(name) ?? (policy.argumentsOpen ? undefined : null);
}

function typeOf(value: unknown): "app" | "unit" | undefined {
  return value === "app" || value === "unit" ? value : undefined;
}

function labelsOf(fact: Fact<unknown> | null | undefined): "none" | "some" | undefined {
  if (fact === null) return "none";
  if (fact?.kind !== "known") return undefined;
  if (fact.value === null) return "none";
  if (typeof fact.value !== "object") return undefined;
  const size = fact.value instanceof Map ? fact.value.size : Object.keys(fact.value).length;
  return size === 0 ? "none" : "some";
}
