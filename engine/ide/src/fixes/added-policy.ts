import type { CharmModel } from "#charm";
import type { FileEdit, Location, PyExpression, PyModule, Span } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix } from "../edits/fix.ts";
import type { PythonSources } from "../facts/charm-facts.ts";
import { offersName } from "../facts/library-names.ts";
import { argumentsNamed } from "../facts/policy-arguments.ts";
import { addedImport } from "./import-edits.ts";
import { appendedItem, bracketsOf } from "./python-edits.ts";
import { callAt, importedModule, nodesAround, textAt } from "./python-tree.ts";

/** A policy to be added: the pods' or the Service's, with one port. */
export interface NewPolicy {
  readonly relation: string;
  readonly kind: "unit" | "app";
  readonly port: number;
}

type Facts = Pick<CharmModel, "policies" | "consumers" | "libraries" | "test"> & { readonly python: PythonSources };

/** Adds a policy to the list that holds the charm's others, or to a consumer that has none yet; nothing where neither is found. */
export function addedPolicyFixes(policy: NewPolicy, facts: Facts): Fix[] {
  const edits = besideOthers(policy, facts) ?? toConsumer(policy, facts);
  const name = policy.kind === "unit" ? "UnitPolicy" : "AppPolicy";
  return edits
    ? [fix(`Add ${name === "AppPolicy" ? "an" : "a"} ${name} for “${policy.relation}” on port ${policy.port}`, edits)]
    : [];
}

function besideOthers(policy: NewPolicy, facts: Facts): FileEdit[] | null {
  const { policies, python } = facts;
  for (const other of policies) {
    if (other.kind === "MeshPolicy") continue;
    const { file, span } = other.call;
    const module = python.module(file);
    const around = nodesAround(module, span);
    const at = around.findIndex(
      (node) => node.kind === "call" && node.span.start === span.start && node.span.end === span.end,
    );
    const parent = around[at - 1];
    const from = importedModule(module, textAt(other.callee));
    if (parent?.kind !== "list" || from === null || !offersAll(facts, from, policy)) continue;
    const brackets = bracketsOf(file, parent as PyExpression);
    if (!brackets) continue;
    const beside = policies.filter((each) => each.call.file === file && isWithin(each.call.span, parent.span));
    const text = policyText(policy, portText(policy.port, beside));
    return [editsOf(file, [...imports(policy, file, module, from), ...appendedItem(file, brackets, text)])];
  }
  return null;
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The port as another policy of the same list writes it, where it means the same; else its number. */
function portText(port: number, beside: Facts["policies"]): string {
  for (const { argument } of argumentsNamed(beside, "ports"))
    for (const { location, data } of argument.elements ?? [])
      if (data.kind === "known" && data.value === port && /^[\w.]+$/.test(textAt(location))) return textAt(location);
  return String(port);
}

function toConsumer(policy: NewPolicy, facts: Facts): FileEdit[] | null {
  const { consumers, python } = facts;
  const [consumer] = consumers;
  if (!consumer || consumer.arguments.has("policies") || consumer.argumentsOpen) return null;
  const { file } = consumer.call;
  const module = python.module(file);
  const call = callAt(module, consumer.call);
  const brackets = call && bracketsOf(file, call);
  const from = importedModule(module, textAt(consumer.callee));
  if (!brackets || from === null || !offersAll(facts, from, policy)) return null;
  const argument = `policies=[${policyText(policy, String(policy.port))}]`;
  return [editsOf(file, [...imports(policy, file, module, from), ...appendedItem(file, brackets, argument)])];
}

function offersAll(facts: Facts, from: string, policy: NewPolicy): boolean {
  return namesOf(policy).every((name) => offersName(facts, from, name));
}

function namesOf(policy: NewPolicy): readonly string[] {
  return policy.kind === "unit" ? ["UnitPolicy"] : ["AppPolicy", "Endpoint"];
}

function imports(policy: NewPolicy, file: Location["file"], module: PyModule, from: string) {
  return namesOf(policy).flatMap((name) => addedImport(file, module, from, name));
}

function policyText({ relation, kind }: NewPolicy, port: string): string {
  return kind === "unit"
    ? `UnitPolicy(relation="${relation}", ports=[${port}])`
    : `AppPolicy(relation="${relation}", endpoints=[Endpoint(ports=[${port}])])`;
}
