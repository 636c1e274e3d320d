import type { CharmModel, DeclaredPolicy } from "#charm";
import { placeholderComment } from "#mesh";
import { knownValue } from "#python";
import { yamlText } from "#syntax";
import {
  applicationsOf,
  type Deployment,
  deploymentOf,
  inferredDeployment,
  policiesFrom,
} from "../analysis/deployment.ts";
import type { Analysis } from "../analysis/snapshot.ts";
import { code, codeBlock, prose } from "./markdown.ts";

/** At most this many manifests are shown; the virtual document has them all. */
const SHOWN_MANIFESTS = 2;

/** The name of the deployment for a sentence: its file's name, or that the charms suggest it. */
export function inWords({ topology }: Deployment): string {
  return topology.file ? `in ${code(topology.file.path)}` : "in the deployment that the charms suggest";
}

/** What a declared policy becomes. Where that is nothing in the deployment of a file, why, and what it is made for all the same. */
export function becomesWords(policy: DeclaredPolicy, charm: CharmModel, analysis: Analysis): readonly string[] {
  const found = deploymentOf(analysis, charm);
  const words = manifestWords(policy, charm, found);
  if (words.length > 0 || found.topology.file === null) return words;
  const suggested = manifestWords(policy, charm, inferredDeployment(analysis));
  const why = whyNothing(policy, charm, found);
  return suggested.length > 0 && why !== null ? [`Becomes nothing ${inWords(found)}: ${why}`, ...suggested] : suggested;
}

function manifestWords(policy: DeclaredPolicy, charm: CharmModel, found: Deployment): readonly string[] {
  const becomes = policiesFrom(found, charm, policy.call).filter(({ resource }) => resource !== null);
  if (becomes.length === 0) return [];
  const manifests = becomes
    .slice(0, SHOWN_MANIFESTS)
    .map((each) => codeBlock("yaml", `${placeholderComment(each, found.topology)}${yamlText(each.resource)}`));
  const left = becomes.length - manifests.length;
  const more = left > 0 ? [`…and ${left} more, one for each related application.`] : [];
  return [`Becomes, ${inWords(found)}:`, ...manifests, ...more];
}

function whyNothing(policy: DeclaredPolicy, charm: CharmModel, found: Deployment): string | null {
  const [dropped] = policiesFrom(found, charm, policy.call);
  if (dropped) return prose(dropped.because.at(-1)?.text ?? "");
  const endpoint = knownValue(policy.relation);
  return endpoint !== undefined && relationsOver(found, charm, endpoint).known === "none"
    ? `nothing is related over ${code(endpoint)}.`
    : null;
}

/** The relations of a deployment at an endpoint of a charm. */
export interface RelationsOver {
  readonly ids: ReadonlySet<string>;
  /** Whether there are any; unknown where some end of the charm's applications names no endpoint. */
  readonly known: "some" | "none" | "unsure";
}

/** Finds the relations of an endpoint, with the charm on either side. */
export function relationsOver(found: Deployment, charm: CharmModel, endpoint: string): RelationsOver {
  const applications = applicationsOf(found, charm);
  const ids = new Set<string>();
  let isUnsure = false;
  for (const { id, provider, requirer } of found.topology.relations) {
    for (const end of [provider, requirer]) {
      if (!applications.some(({ model, name }) => name === end.application && model === end.model)) continue;
      if (end.endpoint === endpoint) ids.add(id);
      else if (end.endpoint === null) isUnsure = true;
    }
  }
  return { ids, known: ids.size > 0 ? "some" : isUnsure ? "unsure" : "none" };
}
