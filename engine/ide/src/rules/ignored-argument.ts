import type { DeclaredPolicy, PolicyArgument } from "#model";
import { MODELS } from "#model";
import { type FileEdit, type PyExpression, span } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { closestName } from "../fixes/closest-name.ts";
import { editsOf, fix, replacementFix } from "../fixes/fix.ts";
import { renamedCallee } from "../fixes/policy-edits.ts";
import { addedImport } from "../fixes/python-edits.ts";
import { callAt } from "../fixes/python-tree.ts";
import type { PythonSources } from "./charm-facts.ts";
import { charmRule } from "./rule.ts";

/** pydantic's models of the library drop unknown fields without a word (domain: vectors 1.4); the restriction is gone. */
export const ignoredArgument = charmRule({
  name: "ignored-argument",
  summary: "A keyword that the policy's model ignores: the restriction is dropped silently.",
  severities: ["error"],
  needs: ["policies", "python"],
  *findings({ policies, python }) {
    for (const policy of policies) {
      for (const argument of policy.arguments) {
        if (argument.keyword && !takes(policy.kind, argument.name))
          yield {
            message: `${policy.kind} takes no \`${argument.name}\` and drops it silently${policy.kind === "UnitPolicy" && opensAll(policy) ? ": every port is opened" : ""}.`,
            location: argument.keyword,
            fixes: unitFixes(policy, argument, python),
          };
      }
      if (policy.endpoints.kind !== "known") continue;
      for (const endpoint of policy.endpoints.value) {
        const names = MODELS.Endpoint.map((each) => each.name);
        for (const argument of endpoint.given) {
          if (!argument.keyword || names.includes(argument.name)) continue;
          const free = names.filter((each) => !endpoint.arguments.has(each));
          const meant = closestName(argument.name, free);
          yield {
            message: `Endpoint takes no \`${argument.name}\` and drops it silently${meant ? `; did you mean \`${meant}\`?` : "."}`,
            location: argument.keyword,
            fixes: meant && argument.elements ? [replacementFix(`Rename to ${meant}`, argument.keyword, meant)] : [],
          };
        }
      }
    }
  },
});

function takes(kind: DeclaredPolicy["kind"], name: string): boolean {
  return MODELS[kind].some((field) => field.name === name);
}

function opensAll(policy: DeclaredPolicy): boolean {
  return policy.ports.kind === "known" && (policy.ports.value === null || policy.ports.value.length === 0);
}

/** A UnitPolicy with `endpoints`: only ports in them become `ports`, anything more needs an AppPolicy. */
function unitFixes(policy: DeclaredPolicy, argument: PolicyArgument, python: PythonSources): Fix[] {
  const { keyword } = argument;
  if (!keyword || policy.kind !== "UnitPolicy") return [];
  const { file } = keyword;
  const module = python.module(file);
  const call = callAt(module, policy.call);
  const has = (name: string) => policy.arguments.some((each) => each.name === name);
  if (!call || has("ports")) return [];
  if (argument.name === "endpoints") {
    const ports = onlyPorts(file.text, call);
    const value = { span: span(keyword.span.start, argument.value.span.end), newText: `ports=${ports}` };
    const asPorts = ports === null ? [] : [fix("Turn it into ports", [editsOf(file, [value])])];
    return [...asPorts, fix("Turn it into an AppPolicy", appPolicy(policy, python, []), asPorts.length === 0)];
  }
  const restricts = ["methods", "paths", "hosts"].includes(argument.name);
  const given = policy.arguments.filter((each) => each.keyword && ["methods", "paths", "hosts"].includes(each.name));
  if (!restricts || given[0] !== argument || !given.every((each) => each.keyword)) return [];
  const text = (each: PolicyArgument) => file.text.slice(each.keyword?.span.start, each.value.span.end);
  const replaced = {
    span: span(keyword.span.start, argument.value.span.end),
    newText: `endpoints=[Endpoint(${given.map(text).join(", ")})]`,
  };
  if (given.length > 1) return [];
  return [fix("Turn it into an AppPolicy", appPolicy(policy, python, [editsOf(file, [replaced])]))];
}

function appPolicy(policy: DeclaredPolicy, python: PythonSources, more: readonly FileEdit[]): FileEdit[] {
  const { file } = policy.callee;
  const module = python.module(file);
  const from = module.body.find(
    (each) => each.kind === "import-from" && each.names.some((alias) => alias.name.text === "UnitPolicy"),
  );
  const source = from?.kind === "import-from" ? from.module.text : null;
  const names = more.length > 0 ? ["AppPolicy", "Endpoint"] : ["AppPolicy"];
  const imports = source === null ? [] : names.flatMap((name) => addedImport(file, module, source, name));
  return [editsOf(file, [...imports, renamedCallee(policy.callee, "AppPolicy")]), ...more];
}

/** The source text of `ports` where all that the endpoints hold is one list of ports; null otherwise. */
function onlyPorts(text: string, call: Extract<PyExpression, { kind: "call" }>): string | null {
  const value = call.args.find((each) => each.name?.text === "endpoints")?.value;
  const [endpoint, another] = value?.kind === "list" ? value.items : [];
  if (endpoint?.kind !== "call" || another) return null;
  const [ports, more] = endpoint.args;
  return ports?.name?.text === "ports" && !more ? text.slice(ports.value.span.start, ports.value.span.end) : null;
}
