import type { EffectivePolicy } from "#model";

/**
 * The manifests of policies as one YAML stream, as `kubectl apply -f -` takes it. A policy without a resource becomes a comment that
 * says why; none at all gives an empty text.
 */
export function manifestsText(policies: readonly EffectivePolicy[]): string {
  const parts = policies.map(({ resource, id, because }) =>
    resource
      ? manifestText(resource)
      : [`nothing is made of ${id}`, ...because.map((reason) => reason.text)].map(comment).join(""),
  );
  return parts.join("---\n");
}

function comment(text: string): string {
  return `# ${text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")}\n`;
}

/** A Kubernetes object as YAML, as `kubectl apply -f -` takes it. Texts are quoted wherever YAML could read them as something else. */
export function manifestText(resource: object): string {
  return `${lines(resource, 0).join("\n")}\n`;
}

type Value = string | number | boolean | null | undefined | readonly Value[] | { readonly [key: string]: Value };

function lines(value: Value | object, depth: number): string[] {
  const indent = "  ".repeat(depth);
  return Object.entries(value as Record<string, Value>)
    .filter(([, inner]) => inner !== undefined)
    .flatMap(([key, inner]) => {
      const name = `${indent}${scalar(key)}:`;
      if (Array.isArray(inner)) return inner.length === 0 ? [`${name} []`] : [name, ...items(inner, depth)];
      if (typeof inner === "object" && inner !== null)
        return Object.keys(inner).length === 0 ? [`${name} {}`] : [name, ...lines(inner, depth + 1)];
      return [`${name} ${scalar(inner as string)}`];
    });
}

function items(list: readonly Value[], depth: number): string[] {
  const indent = "  ".repeat(depth);
  return list.flatMap((item) => {
    if (typeof item !== "object" || item === null) return [`${indent}- ${scalar(item as string)}`];
    if (Array.isArray(item) || Object.keys(item).length === 0) return [`${indent}- ${JSON.stringify(item)}`];
    const [first = "", ...rest] = lines(item, depth + 1);
    return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
  });
}

/** Plain only where no YAML reader (1.1 or 1.2) takes it for a number, a boolean, null, a date or syntax. */
function scalar(value: string | number | boolean | null): string {
  if (typeof value !== "string") return String(value);
  const plain = /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null|~)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}
