import type { EdgeView } from "#protocol";

/**
 * The methods or paths of a flow in words: one line where they are the same for every port, else one for each thing that is granted,
 * with its ports. `every` stands for no restriction.
 */
export function grantLines(edge: EdgeView, field: "methods" | "paths", every: string): readonly string[] {
  const said = (values: readonly string[] | null): string => (values && values.length > 0 ? values.join(", ") : every);
  const grants = edge.grants ?? [];
  if (new Set(grants.map((grant) => said(grant[field]))).size <= 1) return [said(edge[field])];
  return grants.map(({ ports, ...grant }) => `${said(grant[field])} on ${ports ? ports.join(", ") : "all ports"}`);
}
