/**
 * A model's own name in what Juju calls it: Juju 4 qualifies names by the owner (`admin/cos`; `juju status` and `juju models` of 4.x),
 * and the Kubernetes namespace is the name alone.
 */
export function modelName(called: string): string {
  return called.slice(called.lastIndexOf("/") + 1);
}
