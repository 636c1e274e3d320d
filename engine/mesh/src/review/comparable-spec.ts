/** A spec in which equal meanings are equal texts: lists sorted, empty ones left out, defaults filled in. */
export interface ComparableSpec {
  /** Path of a field → its values, sorted. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** What it targets and whom it lets in: what stays the same while the rest changes. */
  readonly identity: string;
}

interface Target {
  readonly kind: string;
  readonly group?: string | null | undefined;
  readonly name: string;
}

type Texts = readonly string[] | null | undefined;

/** Either an expected spec or a dumped one. */
export interface AnySpec {
  readonly targetRef?: Target | null | undefined;
  readonly targetRefs?: readonly Target[] | null | undefined;
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> | null | undefined } | null | undefined;
  readonly action?: string | null | undefined;
  readonly rules?:
    | readonly {
        readonly from?:
          | readonly {
              readonly source?: { readonly principals?: Texts; readonly namespaces?: Texts } | null | undefined;
            }[]
          | null
          | undefined;
        readonly to?:
          | readonly {
              readonly operation?:
                | { readonly ports?: Texts; readonly hosts?: Texts; readonly methods?: Texts; readonly paths?: Texts }
                | null
                | undefined;
            }[]
          | null
          | undefined;
        readonly when?: readonly unknown[] | null | undefined;
      }[]
    | null
    | undefined;
}

/** The spec of an AuthorizationPolicy, made comparable. The order of rules, operations and values means nothing to Istio. */
export function comparableSpec(spec: AnySpec): ComparableSpec {
  const targets = [...(spec.targetRefs ?? []), ...(spec.targetRef ? [spec.targetRef] : [])];
  const targetRefs = targets.map(({ kind, group, name }) => `${group ?? ""}/${kind}/${name}`).sort();
  const selector = Object.entries(spec.selector?.matchLabels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  const rules = spec.rules ?? [];
  const principals = rules.flatMap((rule) => rule.from ?? []).flatMap(({ source }) => source?.principals ?? []);
  const namespaces = rules.flatMap((rule) => rule.from ?? []).flatMap(({ source }) => source?.namespaces ?? []);
  const operations = rules
    .flatMap((rule) => (rule.to?.length ? rule.to : [{ operation: null }]))
    .map(({ operation }) => operationText(operation ?? {}))
    .sort();
  const fields = new Map<string, readonly string[]>([
    ["spec.action", [spec.action || "ALLOW"]],
    ["spec.targetRefs", targetRefs],
    ["spec.selector.matchLabels", selector],
    ["spec.rules[].from[].source.principals", principals.sort()],
    ["spec.rules[].from[].source.namespaces", namespaces.sort()],
    ["spec.rules[].to[].operation", rules.length === 0 ? ["(no rule)"] : operations],
    [
      "spec.rules[].when",
      rules
        .flatMap((rule) => rule.when ?? [])
        .map((one) => JSON.stringify(one))
        .sort(),
    ],
  ]);
  return { fields, identity: JSON.stringify([targetRefs, selector, principals.sort()]) };
}

function operationText(operation: { ports?: Texts; hosts?: Texts; methods?: Texts; paths?: Texts }): string {
  const part = (name: string, values: Texts): string =>
    values && values.length > 0 ? `${name} ${[...new Set(values)].sort().join(",")}` : "";
  const parts = [
    part("ports", operation.ports),
    part("methods", operation.methods),
    part("paths", operation.paths),
    part("hosts", operation.hosts),
  ].filter((text) => text !== "");
  return parts.length === 0 ? "anything" : parts.join(" ");
}

/** The first field in which two specs differ, in words; null where they mean the same. Fields in `unsure` are not compared. */
export function specDifference(
  expected: ComparableSpec,
  found: ComparableSpec,
  unsure: ReadonlySet<string>,
): string | null {
  for (const [field, wanted] of expected.fields) {
    const there = found.fields.get(field) ?? [];
    if (unsure.has(field) || JSON.stringify(wanted) === JSON.stringify(there)) continue;
    return `${field}: expected ${shown(wanted)}, found ${shown(there)}`;
  }
  return null;
}

function shown(values: readonly string[]): string {
  return values.length === 0 ? "nothing" : values.join("; ");
}
