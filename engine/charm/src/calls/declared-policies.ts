import {
  asCoercedIntList,
  asString,
  type CallSite,
  type Condition,
  type Fact,
  known,
  orNone,
  type Program,
  type PyValue,
  type Reason,
  reasonAt,
  unknown,
} from "#python";
import type { Location } from "#syntax";
import { conceptOf } from "../catalog/library-names.ts";
import type { DeclaredPolicy, PolicyHolder, PolicyKind } from "../declared-policy.ts";
import type { Damage } from "../source/damage.ts";
import { declaredEndpoints } from "./declared-endpoints.ts";
import { argumentFact, callsOf, placeOfArgument } from "./library-calls.ts";
import { type ModelCall, modelArguments, modelCall } from "./model-arguments.ts";
import { givenArguments, plainData } from "./plain-data.ts";
import type { PolicyList, PolicyListEntry } from "./policy-lists.ts";

export interface PoliciesRead {
  readonly policies: readonly DeclaredPolicy[];
  readonly complete: boolean;
}

const KINDS: readonly PolicyKind[] = ["AppPolicy", "UnitPolicy", "Policy", "MeshPolicy"];

/**
 * Every policy of the charm's sources: first those that the lists hold, with the condition under which each is in, then
 * those that are made elsewhere in the charm's own files, so that an unreadable list does not hide them.
 */
export function declaredPolicies(program: Program, lists: readonly PolicyList[], damage: Damage): PoliciesRead {
  const policies: DeclaredPolicy[] = [];
  const seen = new Set<string>();
  let complete = lists.every((list) => list.complete);
  for (const entry of lists.flatMap((list) => list.entries)) {
    const policy = policyOfValue(program, damage, entry);
    if (!policy) {
      // Raw AuthorizationPolicy objects have a list of their own in `reconcile`; anything else here could not be read.
      complete = false;
      continue;
    }
    const key = `${placeKey(policy.call)} ${factKey(policy.relation)} ${factKey(policy.ports)} ${policy.holder}`;
    if (seen.has(key)) continue;
    seen.add(key);
    policies.push(policy);
  }
  const held = new Set(policies.map((policy) => placeKey(policy.call)));
  for (const kind of KINDS) {
    for (const site of callsOf(program, kind)) {
      if (!held.has(placeKey(site.call))) policies.push(loosePolicy(program, damage, kind, site));
    }
  }
  return { policies: policies.sort(bySource), complete };
}

function policyOfValue(program: Program, damage: Damage, entry: PolicyListEntry): DeclaredPolicy | null {
  const { value, holder, condition } = entry;
  if (value.kind !== "instance" || !value.call || !value.callee) return null;
  const kind = value.external.map(kindOf).find((each) => each !== null);
  if (!kind) return null;
  const at = { ...modelCall(program, value), call: value.call, callee: value.callee };
  return policyAt(program, damage, kind, at, { holder, condition, because: value.because });
}

function loosePolicy(program: Program, damage: Damage, kind: PolicyKind, site: CallSite): DeclaredPolicy {
  const at = { call: site.call, callee: site.callee, class: site.class, arguments: site.arguments };
  return policyAt(program, damage, kind, at, { holder: null, condition: site.condition, because: site.because });
}

function kindOf(external: string): PolicyKind | null {
  const concept = conceptOf(external);
  return KINDS.find((kind) => kind === concept) ?? null;
}

interface PolicyPlace extends ModelCall {
  readonly call: Location;
  readonly callee: Location;
}

interface PolicyContext {
  readonly holder: PolicyHolder | null;
  readonly condition: Condition | null;
  readonly because: readonly Reason[];
}

function policyAt(
  program: Program,
  damage: Damage,
  kind: PolicyKind,
  place: PolicyPlace,
  context: PolicyContext,
): DeclaredPolicy {
  const args = modelArguments(program, kind, place, damage);
  const endpoints = args.byName.get("endpoints");
  const given = givenArguments(program, args.byName);
  return {
    origin: kind === "MeshPolicy" || context.holder === "resource-manager" ? "resource-manager" : "charm",
    kind,
    holder: context.holder,
    callee: place.callee,
    call: place.call,
    relation: argumentFact<string>(
      program,
      args,
      "relation",
      (value) => asText(program, value),
      () => unknown("`relation` is not given"),
    ),
    relationLocation: placeOfArgument(args, "relation"),
    endpoints:
      kind !== "UnitPolicy" && endpoints
        ? declaredEndpoints(program, endpoints, damage)
        : args.open === null || kind === "UnitPolicy"
          ? known([])
          : unknown(args.open),
    ports: argumentFact<readonly number[] | null>(program, args, "ports", orNone(asCoercedIntList), () => known(null)),
    service: argumentFact<string | null>(
      program,
      args,
      "service",
      orNone((value) => asText(program, value)),
      () => known(null),
    ),
    arguments: given,
    argumentsOpen: args.open !== null,
    positional: args.positional,
    fields: kind === "MeshPolicy" ? new Map(given.map((each) => [each.name, each.data])) : new Map(),
    condition: context.condition,
    because: [reasonAt(place.call, `${kind} in the charm's sources`), ...context.because],
  };
}

/** Text with `{app}` and `{model}` for the application's and the model's name, and no other holes. */
function asText(program: Program, value: PyValue): Fact<string> {
  const text = asString(value);
  if (text.kind === "known" || text.kind === "oneOf") return text;
  const data = plainData(program, value);
  return data.kind === "template" ? data : text;
}

/** Policies in source order: by file, then by place. */
function bySource(a: DeclaredPolicy, b: DeclaredPolicy): number {
  const [left, right] = [a.call, b.call];
  if (left.file === right.file) return left.span.start - right.span.start;
  return left.file.path < right.file.path ? -1 : 1;
}

function placeKey(location: Location): string {
  return `${location.file.path}:${location.span.start}:${location.span.end}`;
}

function factKey(fact: Fact<unknown>): string {
  return fact.kind === "known" ? JSON.stringify(fact.value) : fact.kind;
}
