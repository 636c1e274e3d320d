import * as z from "zod";
import { isLeaderClause, POLICY_CITATIONS, type RawNode, type RawPolicy, type RawResource } from "#charm";
import { type Condition, citedReason, type Reason, reasonAt, unknown } from "#python";
import type { EffectivePolicy, UnreadPolicies } from "../effective-policy.ts";
import { APPLICATION_LABEL } from "../library/authorization-policy.ts";
import { istioRefusal } from "../library/istio-validation.ts";
import type { AuthorizationPolicyRule, AuthorizationPolicySpec, MeshPolicy } from "../mesh-policy.ts";
import { endpointsOf } from "../policy-scope.ts";
import { type ApplicationContext, type Contribution, filledIn, NOTHING } from "./application-context.ts";
import { droppedByBeacon } from "./beacon-maker.ts";
import { UNKNOWN_HASH } from "./effective-policy-of.ts";

/**
 * The policy that a charm builds itself, as far as it can be read. A rule of which something can't be read may match anything. Where
 * the target or the action can't be read, there is no policy, only an entry in `unread`. Each unread value is a problem. `labels` are
 * those that the charm's resource manager puts on its policies.
 */
export function rawPolicy(
  context: ApplicationContext,
  { call, condition, resource }: RawPolicy,
  labels: Readonly<Record<string, string>>,
): Contribution {
  const { application, charm } = context;
  const place = reasonAt(call, "an AuthorizationPolicy that the charm builds itself");
  const read = resource === null ? null : readResource(resource, (text) => filledIn(text, application));
  const problems = (read?.unread ?? []).map(({ path, why }) => ({
    message: `A policy that ${application.name} builds itself is not fully known: its ${path} can't be read (${why}).`,
    because: [place],
  }));
  if (read === null || read.spec === null) {
    const mayDeny = read === null || read.unread.some(({ path }) => path === "action" || path === "spec");
    const what: UnreadPolicies["what"] = mayDeny ? "any-policies" : "policies";
    return {
      ...NOTHING,
      problems,
      unread: [{ model: application.model, application: application.name, what, because: [place] }],
    };
  }
  const { spec, name } = read;
  const namespace = read.namespace ?? application.model;
  const dropped = charm.consumers.length > 0 && context.beacon === null ? droppedByBeacon(context) : null;
  const because: readonly Reason[] = [place, dropped ?? APPLIED];
  const policy: EffectivePolicy = {
    id: name ?? `resource-manager:${application.model}/${application.name}:raw`,
    origin: "resource-manager",
    meshPolicy: meshPolicyOf(spec, namespace, application.name),
    resource:
      dropped === null
        ? {
            apiVersion: "security.istio.io/v1",
            kind: "AuthorizationPolicy",
            metadata: { name: name ?? UNKNOWN_HASH, namespace, labels },
            spec,
          }
        : null,
    uncertain: read.doubt === null ? null : [unknown(read.doubt, [place])],
    relation: null,
    because,
    ...(condition === null || isOnMesh(condition) ? {} : { condition }),
  };
  const refusal = policy.uncertain === null && dropped === null ? istioRefusal(spec) : null;
  if (refusal === null) return { ...NOTHING, policies: [policy], problems };
  const message = `Istio does not take ${policy.id}, so it is never applied: ${refusal}.`;
  const reasons = [place, citedReason("Istio refuses it.", POLICY_CITATIONS.istioValidation)];
  return { ...NOTHING, policies: [policy], problems: [...problems, { message, because: reasons }] };
}

const APPLIED = citedReason("The charm applies it itself.", POLICY_CITATIONS.reconcile);

/**
 * Whether a condition holds on the leader of a charm that is on the mesh: a charm applies its policies there, and the topology says which
 * charms are on the mesh. A test of anything else, and one that asks for the opposite (`no_mesh`, `mesh_disabled`), may fail.
 */
function isOnMesh(condition: Condition): boolean {
  return condition.every(
    (clause) =>
      isLeaderClause(clause) || (clause.kind === "test" && isName(clause.source) && isAboutMesh(clause.source)),
  );
}

function isName(test: string): boolean {
  return /^[\w.]+(?:\(\))?$/.test(test);
}

function isAboutMesh(name: string): boolean {
  return /mesh/i.test(name) && !/\b_?(?:no|non|without)_|disab/i.test(name);
}

interface Unread {
  /** Where in the resource, for example `spec.action`. */
  readonly path: string;
  readonly why: string;
}

interface ReadRaw {
  readonly name: string | null;
  readonly namespace: string | null;
  /** null: its target or its action can't be read. */
  readonly spec: AuthorizationPolicySpec | null;
  /** Why some rule may match more or less than the spec says; null: it does not. */
  readonly doubt: string | null;
  readonly unread: readonly Unread[];
}

function readResource({ metadata, spec }: RawResource, fill: (text: string) => string): ReadRaw {
  const unread: Unread[] = [];
  const value = (node: RawNode, path: string): unknown => plainValue(node, path, fill, unread);
  const parsed = <T>(schema: z.ZodType<T>, node: RawNode, path: string): T | undefined => {
    const before = unread.length;
    const result = schema.safeParse(value(node, path));
    if (unread.length > before) return undefined;
    if (!result.success) unread.push({ path, why: result.error.issues[0]?.message ?? "it is not valid" });
    return result.success ? result.data : undefined;
  };
  const name = parsed(textSchema, child(metadata, "name"), "name");
  const namespace = parsed(textSchema, child(metadata, "namespace"), "namespace");
  const inside = (field: string) => child(spec, field);
  const selector = parsed(selectorSchema, inside("selector"), "selector");
  const targetRefs = parsed(targetsSchema, inside("targetRefs"), "targetRefs");
  const action = parsed(actionSchema, inside("action"), "action");
  const provider = parsed(providerSchema, inside("provider"), "provider");
  const rules = inside("rules");
  const items = rules.kind === "list" ? rules.items : null;
  const read = items?.map((rule, index) => parsed(ruleSchema, rule, `rule ${index + 1}`)) ?? null;
  const whole = items === null ? parsed(z.null(), rules, "rules") : null;
  const known = selector !== undefined && targetRefs !== undefined && action !== undefined && namespace !== undefined;
  const doubt =
    whole === undefined || read?.includes(undefined)
      ? (unread.find(({ path }) => path.startsWith("rule"))?.why ?? "")
      : null;
  const all: readonly (AuthorizationPolicyRule | undefined)[] | null = whole === undefined ? [undefined] : read;
  return {
    name: name ?? null,
    namespace: namespace ?? null,
    spec: known
      ? {
          ...(targetRefs === null ? {} : { targetRefs }),
          ...(selector === null ? {} : { selector }),
          ...(action === null ? {} : { action }),
          ...(provider == null ? {} : { provider }),
          // A rule that can't be read may match anything.
          ...(all === null ? {} : { rules: all.map((rule) => rule ?? {}) }),
        }
      : null,
    doubt,
    unread,
  };
}

function child(node: RawNode, field: string): RawNode {
  if (node.kind === "object") return node.fields.get(field) ?? { kind: "value", value: null };
  return node;
}

/** Plain data, without the fields that are null, which charms leave out of the resource. */
function plainValue(node: RawNode, path: string, fill: (text: string) => string, unread: Unread[]): unknown {
  switch (node.kind) {
    case "value":
      return typeof node.value === "string" ? fill(node.value) : node.value;
    case "list":
      return node.items.map((item) => plainValue(item, path, fill, unread));
    case "object":
      return Object.fromEntries(
        [...node.fields].flatMap(([key, field]) => {
          const value = plainValue(field, path, fill, unread);
          return value === null ? [] : [[fill(key), value]];
        }),
      );
    case "unread":
      unread.push({ path, why: node.why });
      return undefined;
  }
}

const textSchema = z.string().nullable();
const selectorSchema = z.strictObject({ matchLabels: z.record(z.string(), z.string()) }).nullable();
const targetsSchema = z
  .array(z.object({ kind: z.string(), group: z.string().default(""), name: z.string() }))
  .nullable();
const actionSchema = z.enum(["ALLOW", "DENY", "CUSTOM", "AUDIT"]).nullable();
const providerSchema = z.object({ name: z.string() }).nullable();

const texts = z.array(z.string()).exactOptional();

/** The fields of Istio's AuthorizationPolicy, security/v1beta1/authorization_policy.proto (istio 86c9f01). */
const ruleSchema: z.ZodType<AuthorizationPolicyRule> = z.strictObject({
  from: z
    .array(
      z.strictObject({
        source: z.strictObject({
          principals: texts,
          notPrincipals: texts,
          namespaces: texts,
          notNamespaces: texts,
          serviceAccounts: texts,
          notServiceAccounts: texts,
          ipBlocks: texts,
          notIpBlocks: texts,
          remoteIpBlocks: texts,
          notRemoteIpBlocks: texts,
          requestPrincipals: texts,
          notRequestPrincipals: texts,
        }),
      }),
    )
    .exactOptional(),
  to: z
    .array(
      z.strictObject({
        operation: z.strictObject({
          ports: texts,
          notPorts: texts,
          hosts: texts,
          notHosts: texts,
          methods: texts,
          notMethods: texts,
          paths: texts,
          notPaths: texts,
        }),
      }),
    )
    .exactOptional(),
  when: z.array(z.strictObject({ key: z.string(), values: texts, notValues: texts })).exactOptional(),
});

/** What the policy says in the terms of the libraries, for pictures and tables: one sender where all rules name the same one. */
function meshPolicyOf(spec: AuthorizationPolicySpec, namespace: string, application: string): MeshPolicy {
  const rules = spec.rules ?? [];
  const principals = new Set(
    rules.flatMap((rule) =>
      rule.from?.length ? rule.from.flatMap(({ source }) => source.principals ?? ["*"]) : ["*"],
    ),
  );
  const [principal] = principals.size === 1 ? principals : [];
  const [, sender, account] = /^[^/]+\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal ?? "") ?? [];
  const labels = spec.selector?.matchLabels ?? null;
  const service = spec.targetRefs?.find((target) => target.kind === "Service")?.name ?? null;
  const own = labels?.[APPLICATION_LABEL] === application;
  return {
    source_namespace: sender ?? "*",
    source_app_name: account ?? "*",
    target_namespace: namespace,
    target_app_name: own || service === application ? application : null,
    target_selector_labels: own ? null : labels,
    target_service: service === application ? null : service,
    target_type: spec.targetRefs === undefined ? "unit" : "app",
    endpoints: endpointsOf(rules),
  };
}
