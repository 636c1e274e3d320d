import type { AuthorizationPolicyOperation, AuthorizationPolicyRule, AuthorizationPolicySpec } from "../mesh-policy.ts";

/**
 * Why Istio's validation refuses the spec (istio, pkg/config/validation/validation.go), as far as the libraries can make
 * one that it refuses; null: it takes it. A refused resource never reaches the mesh.
 */
export function istioRefusal(spec: AuthorizationPolicySpec): string | null {
  for (const { to } of spec.rules ?? []) {
    const refused = to === undefined ? null : operationsRefusal(to);
    if (refused !== null) return refused;
  }
  return null;
}

type Operations = NonNullable<AuthorizationPolicyRule["to"]>;

const refusals = new WeakMap<Operations, string | null>();

/** The same operations stand in the policies of many relations. */
function operationsRefusal(operations: Operations): string | null {
  const known = refusals.get(operations);
  if (known !== undefined) return known;
  let refused: string | null = null;
  for (const { operation } of operations) refused ??= operationRefusal(operation);
  refusals.set(operations, refused);
  return refused;
}

function operationRefusal(operation: AuthorizationPolicyOperation): string | null {
  const { ports = [], hosts = [], methods = [], paths = [] } = operation;
  if (ports.length + hosts.length + methods.length + paths.length === 0) return "`to.operation` must not be empty";
  const port = ports.find((text) => !/^[0-9]+$/.test(text) || Number(text) < 1 || Number(text) > 65535);
  if (port !== undefined) return `port ${port} must be in the range 1..65535`;
  if ([...hosts, ...methods, ...paths].includes("")) return "a value must not be empty";
  const path = paths.find((pattern) => !isValidTemplate(pattern));
  return path === undefined ? null : `${path} is no valid path template`;
}

/** `{*}` and `{**}` each fill a whole segment, and nothing but literal segments stands behind `{**}`. */
function isValidTemplate(path: string): boolean {
  if (!/\{\*\*?\}/.test(path)) return true;
  const segments = path.split("/");
  const any = segments.indexOf("{**}");
  return segments.every((segment, index) => {
    if (segment === "{*}" || segment === "{**}") return any < 0 || index <= any;
    return !/[{}*]/.test(segment);
  });
}
