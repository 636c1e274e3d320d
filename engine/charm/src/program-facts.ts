import { type Program, unknown } from "#python";
import { once } from "#syntax";
import { publishedAddresses } from "./address/published-addresses.ts";
import { consumerArguments, consumerCall, consumerSites } from "./calls/consumer-calls.ts";
import { coordinatorCall, coordinatorPolicies, telemetryProxyCalls, workerCall } from "./calls/coordinator-call.ts";
import { declaredPolicies } from "./calls/declared-policies.ts";
import { discardedObjects } from "./calls/discarded-objects.ts";
import { meshTypeUses } from "./calls/mesh-type-uses.ts";
import { policyList } from "./calls/policy-lists.ts";
import { rawPolicies } from "./calls/raw-policies.ts";
import { resourceManagers } from "./calls/resource-managers.ts";
import type { CharmModel, ImportRecord, PublishedAddress } from "./charm-model.ts";
import { ingressedPorts } from "./ports/ingressed-ports.ts";
import { type OpenedPorts, openedPorts } from "./ports/opened-ports.ts";
import type { Damage } from "./source/damage.ts";

/** The reason why an analysis can't report anything as absent from a charm while the author types it. */
export const HIDDEN = "a file can't be read as it stands and may hide it";

type Calls = Pick<
  CharmModel,
  | "coordinator"
  | "worker"
  | "telemetryProxyCalls"
  | "discarded"
  | "consumers"
  | "policies"
  | "policiesComplete"
  | "resourceManagers"
  | "meshTypeUses"
  | "rawPolicies"
>;

/** What evaluating a charm's Python gives. */
export interface ProgramFacts {
  readonly calls: Calls;
  /** Computed on first use: only charms on the mesh and pictures ask for these, so that other charms cost no evaluation. */
  readonly opened: () => OpenedPorts;
  /** The ports that ingress reaches; the same. */
  readonly ingressed: () => ReturnType<typeof ingressedPorts>;
  /** The addresses published over these endpoints; the same. */
  readonly published: (endpoints: ReadonlySet<string>) => readonly PublishedAddress[];
}

const facts = new WeakMap<Program, ProgramFacts>();

/**
 * The facts of a program, in the places of the texts that it was made of. Cached by the program: a program that is kept over an edit keeps
 * them. `damage` and `imports` are those of its files when it was made.
 */
export function programFacts(python: Program, damage: Damage, imports: readonly ImportRecord[]): ProgramFacts {
  const known = facts.get(python);
  if (known) return known;
  let published: { readonly key: string; readonly found: readonly PublishedAddress[] } | null = null;
  const made: ProgramFacts = {
    calls: callsIn(python, damage),
    opened: once(() => openedPorts(python, imports)),
    ingressed: once(() => ingressedPorts(python)),
    published: (endpoints) => {
      const key = JSON.stringify([...endpoints].sort());
      if (published?.key !== key) published = { key, found: addresses(python, damage, endpoints) };
      return published.found;
    },
  };
  facts.set(python, made);
  return made;
}

function callsIn(python: Program, damage: Damage): Calls {
  const consumers = consumerSites(python);
  const managers = resourceManagers(python);
  const { policies, complete } = declaredPolicies(
    python,
    [
      coordinatorPolicies(python, damage),
      ...consumers.map((site) => policyList(python, consumerArguments(site, damage), "policies", "consumer")),
      ...managers.lists,
    ],
    damage,
  );
  return {
    coordinator: coordinatorCall(python, damage),
    worker: workerCall(python, damage),
    telemetryProxyCalls: telemetryProxyCalls(python, damage),
    discarded: discardedObjects(python),
    consumers: consumers.map((site) => consumerCall(python, site, damage)),
    policies,
    policiesComplete: complete,
    resourceManagers: managers.managers,
    meshTypeUses: consumers.length > 0 ? meshTypeUses(python) : [],
    rawPolicies: rawPolicies(python),
  };
}

function addresses(python: Program, damage: Damage, endpoints: ReadonlySet<string>): readonly PublishedAddress[] {
  return publishedAddresses(python, endpoints).map((each) =>
    damage.size > 0 && each.address.kind === "known" && each.address.value === "none"
      ? { ...each, address: unknown(HIDDEN, each.address.because) }
      : each,
  );
}
