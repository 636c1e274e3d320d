import { memo } from "#syntax";
import type { AuthorizationPolicyOperation, AuthorizationPolicyRule, AuthorizationPolicySpec } from "../mesh-policy.ts";

/**
 * Why Istio's webhook refuses the spec, as far as a charm can make one that it refuses; null: it takes it. A refused resource never
 * reaches the mesh, and the manager that applies it stops there. Source: istio 86c9f01, pkg/config/validation/validation.go,
 * ValidateAuthorizationPolicy, with pkg/config/security/security.go.
 */
export function istioRefusal(spec: AuthorizationPolicySpec): string | null {
  if (spec.selector !== undefined && spec.targetRefs?.length)
    return "only one of `targetRefs` and `selector` can be set";
  if (spec.action === "DENY" && spec.rules === undefined) return "a DENY policy without rules does nothing";
  if (spec.action === "CUSTOM" && spec.rules === undefined) return "a CUSTOM policy without rules does nothing";
  for (const { from, to } of spec.rules ?? []) {
    const refused = (from && sourcesRefusal(from)) ?? (to === undefined ? null : operationsRefusal(to));
    if (refused !== null) return refused;
  }
  return null;
}

type Sources = NonNullable<AuthorizationPolicyRule["from"]>;
type Operations = NonNullable<AuthorizationPolicyRule["to"]>;

function sourcesRefusal(sources: Sources): string | null {
  for (const { source } of sources) {
    const lists = Object.values(source) as readonly (readonly string[] | undefined)[];
    if (lists.every((list) => !list?.length)) return "`from.source` must not be empty";
    if (lists.some((list) => list?.includes(""))) return "a value must not be empty";
  }
  return null;
}

/** The same operations stand in the policies of many relations. */
const operationsRefusal = memo((operations: Operations): string | null => {
  let refused: string | null = null;
  for (const { operation } of operations) refused ??= operationRefusal(operation);
  return refused;
});

function operationRefusal(operation: AuthorizationPolicyOperation): string | null {
  const lists = Object.values(operation) as readonly (readonly string[] | undefined)[];
  if (lists.every((list) => !list?.length)) return "`to.operation` must not be empty";
  const { ports = [], notPorts = [], paths = [], notPaths = [] } = operation;
  const port = [...ports, ...notPorts].find((text) => !/^[0-9]+$/.test(text) || Number(text) > 65535);
  if (port !== undefined) return `port ${port} must be in the range 0..65535`;
  if (lists.some((list) => list?.includes(""))) return "a value must not be empty";
  for (const path of [...paths, ...notPaths]) {
    const refused = pathRefusal(path);
    if (refused !== null) return refused;
  }
  return null;
}

const TEMPLATE = /\{\*\*?\}/;
/** Istio's `validLiteral`: what Envoy's templates take as a literal segment. */
const LITERAL = /^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/;

/**
 * Why Istio refuses a path; null: it takes it. Braces stand only for the operators `{*}` and `{**}`, each of which fills a segment,
 * and no operator follows `{**}`. In a path with an operator each other segment is a literal that is not empty. Source: istio
 * 86c9f01, pkg/config/security/security.go, CheckValidPathTemplate.
 */
export function pathRefusal(path: string): string | null {
  const template = TEMPLATE.test(path);
  let any = false;
  for (const segment of path.replace(/^\/+|\/+$/g, "").split("/")) {
    if (segment === "{*}" || segment === "{**}") {
      if (any) return `in the path ${path} {**} is not the last operator`;
      any = segment === "{**}";
    } else if (/[{}]/.test(segment)) {
      return `the path ${path} has braces that are no operator {*} or {**}`;
    } else if (template && !LITERAL.test(segment)) {
      return segment === ""
        ? `the path ${path} has an empty segment, which a path with {*} or {**} must not have`
        : `the path ${path} has the segment “${segment}”, which a path with {*} or {**} must not have`;
    }
  }
  return null;
}
