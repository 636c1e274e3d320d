import type { Reason } from "#python";
import type { EffectivePolicy } from "../policy/effective-policy.ts";
import { meshMembership } from "../policy/mesh-membership.ts";
import { type ComparedState, endText, type FlowKey, type FlowPart, flowsOfState } from "./compared-flows.ts";
import { type FlowRequest, flowRequests, freshValues, type RequestVerdict, requestVerdict } from "./flow-requests.ts";
import { grantsOf, grantText, isGranted } from "./grant.ts";

/**
 * What a change does to a flow, by the mesh's verdicts: `opened` and `closed` from nothing allowed to something and back, `widened` and `narrowed`
 * where something is allowed before and after. `changed`: other policies, and no verdict that is known to differ.
 */
export type ConsequenceKind = "opened" | "closed" | "widened" | "narrowed" | "changed";

/** What one side of a comparison grants between two. */
export interface Granted {
  /** In words, one per combination; sorted. */
  readonly grants: readonly string[];
  readonly policies: readonly EffectivePolicy[];
}

/** A flow that a change allows or denies otherwise. */
export interface Consequence {
  readonly kind: ConsequenceKind;
  readonly key: FlowKey;
  /** `<model>/<application>`; `*` for every source. */
  readonly source: string;
  readonly target: string;
  readonly via: "service" | "unit";
  readonly before: Granted | null;
  readonly after: Granted | null;
  /** What is allowed now and was not, and the other way round. A widened flow may have lost something too. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** The endpoint over which the two are related, on the target's side; null where no relation is behind it. */
  readonly relation: string | null;
  /** Which state the reasons are of: the newer one, or the older one where nothing of the flow is left. */
  readonly side: "before" | "after";
  readonly because: readonly Reason[];
}

/** A reviewer's first question is what opens. */
const ORDER: readonly ConsequenceKind[] = ["opened", "widened", "closed", "narrowed", "changed"];

/**
 * The difference of two states by consequence: for each flow of either state, requests that stand for what policies and relations name are judged in
 * both. Policies that merely have other names, are split, joined, doubled or moved make no difference. Risks come first (opened and widened, the
 * widest of them first), then what is lost, then what merely changed; among equals target and source decide.
 */
export function consequences(before: ComparedState, after: ComparedState): readonly Consequence[] {
  const [old, now] = [flowsOfState(before), flowsOfState(after)];
  const isTouched = touched(before, after);
  const found: Consequence[] = [];
  for (const text of new Set([...now.keys(), ...old.keys()])) {
    const [was, is] = [old.get(text), now.get(text)];
    const key = (is ?? was)?.key;
    if (key === undefined || !isTouched(key)) continue;
    const one = consequence(key, { state: before, part: was }, { state: after, part: is });
    if (one) found.push(one);
  }
  return found.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      breadth(b) - breadth(a) ||
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      compare(a.target, b.target) ||
      compare(a.source, b.source) ||
      compare(a.via, b.via),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank({ kind }: Consequence): number {
  return kind === "opened" || kind === "widened" ? 0 : ORDER.indexOf(kind);
}

/** How much a risk opens: everything is more than all ports with a restriction, and that more than single ports. */
function breadth({ gained }: Consequence): number {
  if (gained.some((text) => text.startsWith("everything"))) return 3;
  if (gained.some((text) => !/\bports? /.test(text))) return 2;
  return gained.length > 0 ? 1 : 0;
}

interface Side {
  readonly state: ComparedState;
  readonly part: FlowPart | undefined;
}

function consequence(key: FlowKey, before: Side, after: Side): Consequence | null {
  const parts = [before.part, after.part].flatMap((part) => part ?? []);
  const requests = flowRequests(parts);
  const fresh = freshValues(requests.map((request) => request.grant));
  const judged = requests.map((request) => ({
    request,
    was: requestVerdict(before.state, key, before.part, request, fresh),
    is: requestVerdict(after.state, key, after.part, request, fresh),
  }));
  const differing = (was: RequestVerdict, is: RequestVerdict): readonly FlowRequest[] =>
    judged.filter((one) => one.was === was && one.is === is).map(({ request }) => request);
  const [gained, lost] = [differing("denied", "allowed"), differing("allowed", "denied")];
  const differs = grantDifference(before.part, after.part);
  if (gained.length === 0 && lost.length === 0)
    return differs === null ? null : made(key, before, after, "changed", differs);
  const isOpen = (verdicts: readonly RequestVerdict[]): boolean => verdicts.some((verdict) => verdict !== "denied");
  const [wasOpen, isOpenNow] = [isOpen(judged.map(({ was }) => was)), isOpen(judged.map(({ is }) => is))];
  const kind = gained.length > 0 ? (wasOpen ? "widened" : "opened") : isOpenNow ? "narrowed" : "closed";
  return made(key, before, after, kind, {
    gained: wordsOf(gained, restWords(after.part, wasOpen)),
    lost: wordsOf(lost, isOpenNow ? "everything else" : "everything"),
  });
}

/** What no policy names, in words: a policy without restrictions opens everything; else only what was not open before. */
function restWords(part: FlowPart | undefined, wasOpen: boolean): string {
  const unrestricted = grantsOf(part?.policies ?? []).some((grant) => grantText(grant) === "everything");
  return unrestricted || !wasOpen ? "everything" : "everything else";
}

/** The requests in words, without those that another one covers. What differs for plain TCP alone says so. */
function wordsOf(requests: readonly FlowRequest[], rest: string): readonly string[] {
  const overHttp = new Set(requests.filter(({ protocol }) => protocol === "http").map(({ grant }) => grant));
  const grants = [...new Set(requests.map(({ grant }) => grant))];
  const words = requests
    .filter(
      ({ grant }) =>
        !isGranted(
          grant,
          grants.filter((other) => other !== grant),
        ),
    )
    .map((request) => `${request.rest ? rest : request.text}${overHttp.has(request.grant) ? "" : " over plain TCP"}`);
  return [...new Set(words)].sort(compare);
}

function made(
  key: FlowKey,
  before: Side,
  after: Side,
  kind: ConsequenceKind,
  { gained, lost }: Pick<Consequence, "gained" | "lost">,
): Consequence {
  const side = after.part !== undefined && reasonsOf(after.part).length > 0 ? "after" : "before";
  const part = side === "after" ? after.part : (before.part ?? after.part);
  // What closes a flow stood in the older state, unless the newer one still says something about it.
  const lostSide = kind === "closed" && before.part !== undefined && (after.part?.policies.length ?? 0) === 0;
  const shown = lostSide ? before.part : part;
  return {
    kind,
    key,
    source: endText(key.source),
    target: `${key.target.model}/${key.service ?? key.target.application}`,
    via: key.via,
    before: grantedBy(before.part),
    after: grantedBy(after.part),
    gained,
    lost,
    relation: (shown?.edges ?? []).map((edge) => edge.relation).find((relation) => relation !== null) ?? null,
    side: lostSide ? "before" : side,
    because: shown ? reasonsOf(shown) : [],
  };
}

function reasonsOf({ policies, edges }: FlowPart): readonly Reason[] {
  const own = policies.flatMap((policy) => policy.because);
  return [...new Set(own.length > 0 ? own : edges.flatMap((edge) => edge.because))];
}

function grantedBy(part: FlowPart | undefined): Granted | null {
  if (part === undefined || part.policies.length === 0) return null;
  return { grants: [...new Set(grantsOf(part.policies).map(grantText))].sort(compare), policies: part.policies };
}

/** What the policies of a flow grant otherwise, whatever the verdicts; null where they mean the same. */
function grantDifference(
  before: FlowPart | undefined,
  after: FlowPart | undefined,
): Pick<Consequence, "gained" | "lost"> | null {
  const [old, now] = [grantsOf(before?.policies ?? []), grantsOf(after?.policies ?? [])];
  const texts = (grants: typeof old): readonly string[] => [...new Set(grants.map(grantText))].sort(compare);
  const gained = texts(now.filter((grant) => !isGranted(grant, old)));
  const lost = texts(old.filter((grant) => !isGranted(grant, now)));
  return gained.length === 0 && lost.length === 0 ? null : { gained, lost };
}

/**
 * Whether anything that a verdict on a flow rests on differs between the states: the policies in the target's model that can apply to it, the mode, and
 * who is on the mesh. Most flows are left alone by most changes, and need no verdicts.
 */
function touched(before: ComparedState, after: ComparedState): (key: FlowKey) => boolean {
  if (JSON.stringify(before.mode) !== JSON.stringify(after.mode)) return () => true;
  const [old, now] = [meansOf(before), meansOf(after)];
  return ({ source, target }) => {
    const [caller, called] = [endText(source), `${target.model}/${target.application}`];
    return (
      old.members.get(caller) !== now.members.get(caller) ||
      old.members.get(called) !== now.members.get(called) ||
      old.policies(target) !== now.policies(target)
    );
  };
}

function meansOf(state: ComparedState) {
  const own = new Map<string, string[]>();
  const whole = new Map<string, string[]>();
  const put = (into: Map<string, string[]>, key: string, text: string): void =>
    void into.set(key, [...(into.get(key) ?? []), text]);
  for (const { meshPolicy, resource, uncertain, unread, condition } of state.policies.policies) {
    if (resource === null) continue;
    const text = JSON.stringify([resource.spec, meshPolicy.endpoints, uncertain?.map(factText), unread, condition]);
    const name = meshPolicy.target_app_name;
    if (name) put(own, `${meshPolicy.target_namespace}/${name}`, text);
    else put(whole, meshPolicy.target_namespace, text);
  }
  for (const { model, application, what } of state.policies.unread ?? []) put(own, `${model}/${application}`, what);
  const present = new Map<string, boolean | "maybe">(
    state.topology.applications.map(
      (one) =>
        [
          `${one.model}/${one.name}`,
          meshMembership(state.topology, state.mode).get(`${one.model}/${one.name}`) ?? "maybe",
        ] as const,
    ),
  );
  return {
    members: present,
    policies: ({ model, application }: FlowKey["target"]): string =>
      JSON.stringify([own.get(`${model}/${application}`)?.toSorted(), whole.get(model)?.toSorted()]),
  };
}

function factText(fact: { readonly kind: string }): string {
  return JSON.stringify(fact, (key, value: unknown) => (key === "because" || key === "location" ? undefined : value));
}
