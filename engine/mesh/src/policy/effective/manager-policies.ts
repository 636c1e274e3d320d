import { ALLOW_ALL_HELPER, type DeclaredPolicy, POLICY_CITATIONS, type RawPolicy } from "#charm";
import { citedReason, type Fact, knownValue, reasonAt } from "#python";
import type { EffectivePolicy } from "../effective-policy.ts";
import { APPLICATION_LABEL } from "../library/authorization-policy.ts";
import { type ExactMeshPolicy, exactMeshPolicy } from "../library/exact-mesh-policy.ts";
import { type FieldError, validatedModel } from "../library/validation.ts";
import { pyData } from "../python/plain-data.ts";
import { type PyValue, tagged } from "../python/value.ts";
import {
  type ApplicationContext,
  type Contribution,
  filledIn,
  filledInFact,
  joinedContributions,
  NOTHING,
} from "./application-context.ts";
import { droppedByBeacon } from "./beacon-maker.ts";
import { effectivePolicyOf, type PolicyMaker } from "./effective-policy-of.ts";
import { rawPolicy } from "./raw-policies.ts";
import { readPolicies } from "./read-policy.ts";

const RECONCILED = citedReason("The charm applies it itself.", POLICY_CITATIONS.reconcile);

/**
 * The policies that a charm hands to its own PolicyResourceManager. `{app}` and `{model}` in their fields are the
 * application's own names; a policy of which some name stays unread is a problem and not a guess.
 */
export function managerPolicies(context: ApplicationContext): Contribution {
  const { application, charm } = context;
  const policies: EffectivePolicy[] = [];
  const problems: Contribution["problems"][number][] = [];
  for (const declared of charm.policies) {
    if (declared.kind !== "MeshPolicy" || (declared.holder === null && charm.policiesComplete)) continue;
    const read = meshPolicyOf(context, declared);
    const place = declared.because;
    if ("unread" in read) {
      const message = `A mesh policy that ${application.name} makes can't be worked out: ${read.unread}`;
      problems.push({ message, because: place });
      continue;
    }
    const made = effectivePolicyOf({
      origin: "resource-manager",
      policy: read.policy,
      read: { uncertain: read.uncertain, unread: null, condition: declared.condition },
      relation: null,
      because: [...place, RECONCILED],
      maker: managerOf(context),
      dropped: null,
    });
    policies.push(made);
    if (made.resource === null) {
      const message = `One policy that can't be made keeps ${application.name} from applying any of its own.`;
      problems.push({ message, because: [...made.because, RECONCILE_FAILS] });
    }
  }
  const raw = charm.rawPolicies.map((one) =>
    one.kind === "allow-all"
      ? { ...NOTHING, policies: [allowAll(context, one)] }
      : rawPolicy(context, one, one.isManifest ? {} : managerOf(context).labels),
  );
  return joinedContributions([{ ...NOTHING, policies, problems }, ...raw]);
}

const RECONCILE_FAILS = citedReason(
  "The refused policy stays in the list as None, and reconcile fails with an AttributeError before anything is applied.",
  POLICY_CITATIONS.reconcile,
);

function managerOf(context: ApplicationContext): PolicyMaker {
  const { application, charm } = context;
  const [only, ...others] = charm.resourceManagers;
  const labels = only && others.length === 0 ? knownValue(only.labels) : undefined;
  const filled = [...(labels ?? [])].map(([key, value]) => [key, filledIn(value, application)]);
  return { manager: { app: application.name, model: application.model }, labels: Object.fromEntries(filled) };
}

type ReadMeshPolicy =
  | { readonly policy: ExactMeshPolicy; readonly uncertain: EffectivePolicy["uncertain"] }
  | { readonly unread: string };

function meshPolicyOf(context: ApplicationContext, declared: DeclaredPolicy): ReadMeshPolicy {
  const fields = new Map<PyValue, PyValue>();
  for (const [name, fact] of declared.fields) {
    if (name === "endpoints") continue;
    const value = fieldValue(fact, context);
    if (value === undefined) return { unread: `its ${name} can't be read` };
    fields.set(name, value);
  }
  if (declared.argumentsOpen) return { unread: "more arguments may be given than can be read" };
  const validation = validatedModel("MeshPolicy", fields);
  if ("errors" in validation) return { unread: refusal(validation.errors) };
  // Its endpoints are read like those of an app policy; any relation will do for that.
  const [read] = readPolicies({ ...declared, kind: "AppPolicy", relation: { kind: "known", value: "", because: [] } });
  if (!read || read.policy.kind === "UnitPolicy") return { unread: "its endpoints can't be read" };
  return {
    policy: { ...exactMeshPolicy(validation.instance), endpoints: read.policy.endpoints },
    uncertain: read.uncertain,
  };
}

function refusal(errors: readonly FieldError[]): string {
  const [first] = errors;
  return first ? `pydantic refuses ${first.loc.join(".") || "it"}: ${first.msg}` : "pydantic refuses it";
}

function fieldValue(fact: Fact<unknown>, context: ApplicationContext): PyValue | undefined {
  if (fact.kind === "template") {
    const text = filledInFact(fact, context.application);
    return text.kind === "known" ? String(text.value) : undefined;
  }
  if (fact.kind !== "known") return undefined;
  return named(pyData(fact.value), context);
}

/** The names of the application and its model in the place of `{app}` and `{model}`, in strings and in labels. */
function named(value: PyValue, context: ApplicationContext): PyValue {
  if (typeof value === "string") return filledIn(value, context.application);
  if (!(value instanceof Map) || tagged(value)) return value;
  return new Map([...value].map(([key, member]) => [key, named(member, context)]));
}

/** The policy of charmed_kubeflow_chisme's helper: everyone may reach the application's pods. */
function allowAll(context: ApplicationContext, raw: RawPolicy): EffectivePolicy {
  const { name, model } = context.application;
  const because = [
    reasonAt(raw.call, "the helper that allows all traffic to the application's pods"),
    citedReason(
      "It selects the application's pods and has one rule that matches everything.",
      ALLOW_ALL_HELPER.citation,
    ),
  ];
  const policy: ExactMeshPolicy = {
    source_namespace: "*",
    source_app_name: "*",
    target_namespace: model,
    target_app_name: name,
    target_selector_labels: null,
    target_service: null,
    target_type: "unit",
    endpoints: [],
  };
  const read = { uncertain: null, unread: null, condition: null };
  const dropped = context.beacon === null ? droppedByBeacon(context) : null;
  const parts = { origin: "resource-manager", policy, read, relation: null, because, dropped } as const;
  const made = effectivePolicyOf({ ...parts, maker: managerOf(context) });
  if (made.resource === null) return made;
  const resource = {
    ...made.resource,
    metadata: { ...made.resource.metadata, name: `${name}${ALLOW_ALL_HELPER.nameSuffix}` },
    spec: { selector: { matchLabels: { [APPLICATION_LABEL]: name } }, action: "ALLOW", rules: [{}] },
  } as const;
  return { ...made, id: resource.metadata.name, resource, because };
}
