import type { CharmModel } from "#charm";
import type { Topology } from "#mesh";
import { dependentMemo, memo, type SourceFile, visibleText } from "#syntax";
import type { Diagnostic, Finding, Severity } from "../diagnostic.ts";
import { charmFacts } from "../facts/charm-facts.ts";
import type { DeploymentFacts } from "../facts/deployment-facts.ts";
import { RULES } from "../rules/registry.ts";
import type { Rule } from "../rules/rule.ts";
import { unreadableFile } from "../rules/unreadable-file.ts";
import { attempted, failedFinding, fileOfCharm } from "./boundary.ts";

const CHARM_RULES = RULES.filter((rule) => rule.scope === "charm");
const CLUSTER_RULES = RULES.filter((rule) => rule.scope === "cluster");
const DEPLOYMENT_RULES = RULES.flatMap((rule) => {
  const findings =
    rule.scope === "deployment" ? rule.findings : rule.scope === "charm" ? rule.deployedFindings : undefined;
  return findings ? [{ rule, findings }] : [];
});

const findingsOfDeployments = dependentMemo<Topology, readonly Diagnostic[]>();

/** What the rules about one charm say, before settings and suppressions. Cached by the model. */
export const charmFindings = memo((model: CharmModel): readonly Diagnostic[] => {
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
  return found;
});

/** What the rules about a coordinator with its worker say. Cached by the two models. */
export function clusterFindings(coordinator: CharmModel, worker: CharmModel): readonly Diagnostic[] {
  return findingsOfClusters(coordinator)(worker);
}

const findingsOfClusters = memo((coordinator: CharmModel) =>
  memo((worker: CharmModel) => findingsBetween(coordinator, worker)),
);

function findingsBetween(coordinator: CharmModel, worker: CharmModel): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const rule of CLUSTER_RULES) {
    const findings = attempted(() => [...rule.findings(charmFacts(coordinator), charmFacts(worker))]);
    if ("failure" in findings) found.push(failedRule(rule, fileOfCharm(worker.charm), findings.failure));
    for (const finding of "value" in findings ? findings.value : [])
      found.push(diagnosticOf(rule, finding, coordinator.test || worker.test));
  }
  return found;
}

/** What the rules about a deployment say. Cached by the topology, as long as the charms that it names stay the same. */
export function deploymentFindings(
  topology: Topology,
  models: readonly CharmModel[],
  facts: () => DeploymentFacts,
): readonly Diagnostic[] {
  return findingsOfDeployments(topology, models, () => deployedFindings(topology, facts));
}

function deployedFindings(topology: Topology, facts: () => DeploymentFacts): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { rule, findings: asked } of DEPLOYMENT_RULES) {
    const findings = attempted(() => [...asked(facts())]);
    if ("failure" in findings && topology.file) found.push(failedRule(rule, topology.file, findings.failure));
    for (const finding of "value" in findings ? findings.value : []) found.push(diagnosticOf(rule, finding, false));
  }
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
