import type { DeclaredPolicy, PolicyArgument } from "#charm";
import { MODELS } from "#mesh";
import { knownValue } from "#python";
import { type FileEdit, type Location, type PyExpression, type SourceFile, span } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix, replacementFix } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { addressOf } from "../facts/published-address.ts";
import { closestName } from "../fixes/closest-name.ts";
import { addedImport } from "../fixes/import-edits.ts";
import { openedPortEdits } from "../fixes/opened-port-edits.ts";
import { renamedCallee } from "../fixes/policy-edits.ts";
import { callAt, importedModule, textAt } from "../fixes/python-tree.ts";
import { charmRule } from "./rule.ts";

type Facts = Pick<CharmFacts, "published" | "openedPortPlaces" | "python">;

type Call = Extract<PyExpression, { kind: "call" }>;

/** pydantic's models of the library drop unknown fields without a word (domain: vectors 1.4); the restriction is gone. */
export const ignoredArgument = charmRule({
  name: "ignored-argument",
  summary: "A keyword that the policy class does not know: the library drops the restriction without a message.",
  severities: ["error"],
  *findings(facts) {
    const { policies } = facts;
    for (const policy of policies) {
      for (const argument of policy.arguments) {
        if (!argument.keyword || takes(policy.kind, argument.name)) continue;
        const meant = meantField(policy, argument);
        const lost =
          policy.kind === "UnitPolicy" && opensAll(policy) ? "Every port is opened" : "This restriction is dropped";
        yield {
          message: `${lost}: ${policy.kind} takes no \`${argument.name}\`, and pydantic ignores it${meant ? `. Did you mean \`${meant}\`?` : "."}`,
          location: argument.keyword,
          fixes: meant
            ? [replacementFix(`Rename to ${meant}`, argument.keyword, meant)]
            : unitFixes(policy, argument, facts),
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
            message: `This restriction is dropped: Endpoint takes no \`${argument.name}\`, and pydantic ignores it${meant ? `. Did you mean \`${meant}\`?` : "."}`,
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

/** The field that a keyword misspells, where it is not given yet and could take the value; null where none is near. */
function meantField(policy: DeclaredPolicy, argument: PolicyArgument): string | null {
  // The name of another model's field is no slip of the pen: `hosts` does not mean `ports`.
  if (Object.values(MODELS).some((fields) => fields.some((field) => field.name === argument.name))) return null;
  const free = MODELS[policy.kind].filter((field) => !policy.arguments.some((each) => each.name === field.name));
  const fitting = free.filter((field) => field.type.type !== "list" || argument.elements !== null);
  return (
    closestName(
      argument.name,
      fitting.map((each) => each.name),
    ) ?? null
  );
}

function opensAll(policy: DeclaredPolicy): boolean {
  return policy.ports.kind === "known" && (policy.ports.value === null || policy.ports.value.length === 0);
}

/** A UnitPolicy with `endpoints`: only ports in them become `ports`, anything more needs an AppPolicy. */
function unitFixes(policy: DeclaredPolicy, argument: PolicyArgument, facts: Facts): Fix[] {
  const { keyword } = argument;
  if (!keyword || policy.kind !== "UnitPolicy" || policy.arguments.some((each) => each.name === "ports")) return [];
  const { file } = keyword;
  const call = callAt(facts.python.module(file), policy.call);
  if (!call) return [];
  if (argument.name === "endpoints") {
    const endpoints = endpointCalls(call);
    const ports = onlyPorts(file.text, endpoints);
    const value = { span: span(keyword.span.start, argument.value.span.end), newText: `ports=${ports}` };
    if (ports !== null) return [fix("Turn it into ports", [editsOf(file, [value])])];
    if (reachesPods(policy, facts)) return portsKept(argument, keyword, endpoints);
    const opening = openingEdits(file, endpoints, facts);
    return opening ? [fix("Turn it into an AppPolicy", [...appPolicy(policy, facts, ["AppPolicy"]), ...opening])] : [];
  }
  const restricting = policy.arguments.filter((each) => ["methods", "paths", "hosts"].includes(each.name));
  if (restricting.length !== 1 || restricting[0] !== argument || reachesPods(policy, facts)) return [];
  const text = file.text.slice(keyword.span.start, argument.value.span.end);
  const replaced = {
    span: span(keyword.span.start, argument.value.span.end),
    newText: `endpoints=[Endpoint(${text})]`,
  };
  const edits = appPolicy(policy, facts, ["AppPolicy", "Endpoint"]);
  return [fix("Turn it into an AppPolicy", [...edits, editsOf(file, [replaced])])];
}

/** For pods nothing but ports can be restricted: what the endpoints say of ports is kept, where each of them says it. */
function portsKept(argument: PolicyArgument, keyword: Location, endpoints: readonly Call[]): Fix[] {
  const { file } = keyword;
  const lists = endpoints.map((each) => each.args.find((one) => one.name?.text === "ports")?.value);
  const items = lists.flatMap((each) => (each?.kind === "list" ? each.items : []));
  if (items.length === 0 || !lists.every((each) => each?.kind === "list" && each.items.length > 0)) return [];
  const ports = items.map((each) => file.text.slice(each.span.start, each.span.end));
  const value = { span: span(keyword.span.start, argument.value.span.end), newText: `ports=[${ports.join(", ")}]` };
  return [fix("Keep its ports: for pods nothing else can be restricted", [editsOf(file, [value])])];
}

/** Where the charm publishes the address of its pods, an AppPolicy would cover traffic that does not come. */
function reachesPods(policy: DeclaredPolicy, { published }: Facts): boolean {
  const relation = knownValue(policy.relation);
  return relation !== undefined && addressOf(published, relation)?.kind === "unit";
}

function appPolicy(policy: DeclaredPolicy, { python }: Facts, names: readonly string[]): FileEdit[] {
  const { file } = policy.callee;
  const module = python.module(file);
  const source = importedModule(module, textAt(policy.callee));
  const imports = source === null ? [] : names.flatMap((name) => addedImport(file, module, source, name));
  return [editsOf(file, [...imports, renamedCallee(policy.callee, "AppPolicy")])];
}

/** Opens the ports of the endpoints that no call opens yet; null where that can't be done. */
function openingEdits(file: SourceFile, endpoints: readonly Call[], facts: Facts): FileEdit[] | null {
  const { openedPortPlaces, python } = facts;
  const opened = openedPortPlaces.map(textAt).join(" ");
  const ports = endpoints
    .flatMap((each) => each.args.filter((argument) => argument.name?.text === "ports"))
    .flatMap(({ value }) => (value.kind === "list" ? value.items : []))
    .map((each) => file.text.slice(each.span.start, each.span.end))
    .filter((text) => !opened.includes(text));
  const [port, another] = ports;
  if (port === undefined) return [];
  const edits = openedPortEdits(facts, python, (place) => (place.file === file ? port : null));
  return edits.length > 0 && another === undefined ? edits : null;
}

function endpointCalls(call: Call): readonly Call[] {
  const value = call.args.find((each) => each.name?.text === "endpoints")?.value;
  return value?.kind === "list" ? value.items.filter((each): each is Call => each.kind === "call") : [];
}

/** The source text of `ports` where all that the endpoints hold is one list of ports; null otherwise. */
function onlyPorts(text: string, [endpoint, another]: readonly Call[]): string | null {
  if (!endpoint || another) return null;
  const [ports, more] = endpoint.args;
  return ports?.name?.text === "ports" && !more ? text.slice(ports.value.span.start, ports.value.span.end) : null;
}
