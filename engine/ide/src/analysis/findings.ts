import type { CharmModel } from "#charm";
import type { Topology } from "#mesh";
import { type SourceFile, visibleText } from "#syntax";
import type { Diagnostic, Finding, Severity } from "../diagnostic.ts";
import { charmFacts } from "../facts/charm-facts.ts";
import type { DeploymentFacts } from "../facts/deployment-facts.ts";
import { RULES } from "../rules/registry.ts";
import type { Rule } from "../rules/rule.ts";
import { unreadableFile } from "../rules/unreadable-file.ts";
import { attempted, failedFinding, fileOfCharm } from "./boundary.ts";

const CHARM_RULES = RULES.filter((rule) => rule.scope === "charm");
const CLUSTER_RULES = RULES.filter((rule) => rule.scope === "cluster");
const DEPLOYMENT_RULES = RULES.filter((rule) => rule.scope === "deployment");

const ofCharm = new WeakMap<CharmModel, readonly Diagnostic[]>();
const ofCluster = new WeakMap<CharmModel, WeakMap<CharmModel, readonly Diagnostic[]>>();
const ofDeployment = new WeakMap<
  Topology,
  { readonly models: readonly CharmModel[]; readonly found: readonly Diagnostic[] }
>();

/** What the rules about one charm say, before settings and suppressions. Cached by the model. */
export function charmFindings(model: CharmModel): readonly Diagnostic[] {
  const known = ofCharm.get(model);
  if (known) return known;
  const file = fileOfCharm(model.charm);
  const facts = attempted(() => charmFacts(model));
  if ("failure" in facts) return [failedFinding(file, "No rule is checked for this charm.", facts.failure)];
  const broken = new Set(model.metadata.syntaxProblems.map((each) => each.file));
  const found: Diagnostic[] = [];
  // Invalid YAML is the only finding of such a file: the part that the reader recovers may differ from the author's intent.
  for (const rule of CHARM_RULES) {
    const findings = attempted(() => [...rule.findings(facts.value)]);
    if ("failure" in findings) found.push(failedRule(rule, file, findings.failure));
    for (const finding of "value" in findings ? findings.value : [])
      if (rule.name === unreadableFile.name || !broken.has(finding.location.file))
        found.push(diagnosticOf(rule, finding, model.test));
  }
  ofCharm.set(model, found);
  return found;
}

/** What the rules about a coordinator with its worker say. Cached by the two models. */
export function clusterFindings(coordinator: CharmModel, worker: CharmModel): readonly Diagnostic[] {
  const row = ofCluster.get(coordinator) ?? new WeakMap<CharmModel, readonly Diagnostic[]>();
  ofCluster.set(coordinator, row);
  const known = row.get(worker);
  if (known) return known;
  const found: Diagnostic[] = [];
  for (const rule of CLUSTER_RULES) {
    const findings = attempted(() => [...rule.findings(charmFacts(coordinator), charmFacts(worker))]);
    if ("failure" in findings) found.push(failedRule(rule, fileOfCharm(worker.charm), findings.failure));
    for (const finding of "value" in findings ? findings.value : [])
      found.push(diagnosticOf(rule, finding, coordinator.test || worker.test));
  }
  row.set(worker, found);
  return found;
}

/** What the rules about a deployment say. Cached by the topology, as long as the charms that it names stay the same. */
export function deploymentFindings(
  topology: Topology,
  models: readonly CharmModel[],
  facts: () => DeploymentFacts,
): readonly Diagnostic[] {
  const known = ofDeployment.get(topology);
  if (known && known.models.length === models.length && known.models.every((each, at) => each === models[at]))
    return known.found;
  const found: Diagnostic[] = [];
  for (const rule of DEPLOYMENT_RULES) {
    const findings = attempted(() => [...rule.findings(facts())]);
    if ("failure" in findings && topology.file) found.push(failedRule(rule, topology.file, findings.failure));
    for (const finding of "value" in findings ? findings.value : []) found.push(diagnosticOf(rule, finding, false));
  }
  ofDeployment.set(topology, { models, found });
  return found;
}

function failedRule(rule: Rule, file: SourceFile, failure: string): Diagnostic {
  return failedFinding(file, `The rule ${rule.name} is not checked here.`, failure);
}

/** A finding with its rule's code and severity. In a test charm it says so and is at most a warning. */
export function diagnosticOf(rule: Rule, finding: Finding, test: boolean): Diagnostic {
  const severity = finding.severity ?? rule.severities[0];
  return {
    code: rule.name,
    severity: test ? atMostWarning(severity) : severity,
    // Messages quote the charm.
    message: visibleText(test ? `${finding.message} (in a test charm)` : finding.message),
    location: finding.location,
    related: (finding.related ?? []).map((each) => ({ ...each, message: visibleText(each.message) })),
    fixes: (finding.fixes ?? []).map((each) => ({ ...each, title: visibleText(each.title) })),
    tags: finding.tags ?? [],
    ...(test ? { test } : {}),
  };
}

/** The severity that a finding in a test charm may have. */
export function atMostWarning(severity: Severity): Severity {
  return severity === "error" ? "warning" : severity;
}
