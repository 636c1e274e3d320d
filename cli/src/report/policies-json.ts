import type { EffectivePolicies, EffectivePolicy, Topology } from "#mesh";
import type { Reason } from "#python";
import { positionAt } from "#syntax";

/** One reason as JSON: `path` and `line` (from 0) are null where it rests on a library or a guide, which `citation` names. */
export interface ReasonReport {
  readonly path: string | null;
  readonly line: number | null;
  readonly text: string;
  readonly citation: string | null;
}

/** The JSON of `policies`: contract.md. */
export function policiesReport(topology: Topology, effective: EffectivePolicies): object {
  return {
    version: 1,
    topology: topologyReport(topology),
    policies: effective.policies.map(policyReport),
    problems: [
      ...topology.problems.map((problem) => ({
        message: problem.message,
        because: [{ ...placeOf(problem.location), text: problem.code, citation: null }],
      })),
      ...effective.problems.map((problem) => ({
        message: problem.message,
        because: problem.because.map(reasonReport),
      })),
    ],
  };
}

/** The kind of topology behind an answer. `show-unit` adds databags to another source and never appears alone here. */
export function topologyReport(topology: Topology): object {
  return { source: topology.source, path: topology.file?.path ?? null, note: topology.note };
}

/** One policy as JSON, with the model's own field names. */
export function policyReport(policy: EffectivePolicy): object {
  return {
    id: policy.id,
    origin: policy.origin,
    mesh_policy: policy.meshPolicy,
    resource: policy.resource,
    uncertain: policy.uncertain !== null,
    relation: policy.relation,
    because: policy.because.map(reasonReport),
  };
}

/** A reason as JSON. */
export function reasonReport(reason: Reason): ReasonReport {
  const place = reason.location ? placeOf(reason.location) : { path: null, line: null };
  return { ...place, text: reason.text, citation: reason.citation };
}

function placeOf(location: NonNullable<Reason["location"]>): { path: string; line: number } {
  return { path: location.file.path, line: positionAt(location.file, location.span.start).line };
}
