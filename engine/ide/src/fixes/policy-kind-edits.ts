import type { CharmModel, DeclaredPolicy } from "#charm";
import { knownValue } from "#python";
import { type FileEdit, type PyExpression, span } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix } from "../edits/fix.ts";
import type { PythonSources } from "../facts/charm-facts.ts";
import { offersName } from "../facts/library-names.ts";
import { addedImport } from "./import-edits.ts";
import { neededPortEdits } from "./opened-port-edits.ts";
import { renamedCallee } from "./policy-edits.ts";
import { callAt, importedModule, textAt } from "./python-tree.ts";

type Facts = Pick<CharmModel, "openedPorts" | "openedPortPlaces" | "libraries" | "test"> & {
  readonly python: PythonSources;
};

type Call = Extract<PyExpression, { kind: "call" }>;

/**
 * Turns an AppPolicy whose endpoints restrict ports only into a UnitPolicy, and a UnitPolicy into an AppPolicy with the
 * same ports. Nothing where methods, paths or a service would get lost.
 */
export function convertedPolicyFixes(policy: DeclaredPolicy, facts: Facts): Fix[] {
  const { python } = facts;
  const { file } = policy.callee;
  const module = python.module(file);
  const call = callAt(module, policy.call);
  if (!call || policy.argumentsOpen) return [];
  const from = importedModule(module, textAt(policy.callee));
  const becomes = policy.kind === "UnitPolicy" ? "AppPolicy" : "UnitPolicy";
  if (from === null || !offersName(facts, from, becomes)) return [];
  const text = (node: { readonly span: { readonly start: number; readonly end: number } }) =>
    file.text.slice(node.span.start, node.span.end);
  if (policy.kind === "UnitPolicy") {
    const ports = argument(call, "ports");
    const opening = openingEdits(policy, facts);
    if (opening === null) return [];
    const edit = ports
      ? { span: ports.span, newText: `endpoints=[Endpoint(${text(ports)})]` }
      : { span: span(call.span.end - 1, call.span.end - 1), newText: ", endpoints=[]" };
    const names = ports ? ["AppPolicy", "Endpoint"] : ["AppPolicy"];
    const imports = names.flatMap((name) => addedImport(file, module, from, name));
    return [
      fix("Turn it into an AppPolicy", [
        ...opening,
        editsOf(file, [...imports, renamedCallee(policy.callee, "AppPolicy"), edit]),
      ]),
    ];
  }
  const endpoints = argument(call, "endpoints");
  const ports = endpoints && portsOnly(endpoints.value);
  if (!endpoints || !ports || argument(call, "service")) return [];
  const edits = [
    ...addedImport(file, module, from, "UnitPolicy"),
    renamedCallee(policy.callee, "UnitPolicy"),
    { span: endpoints.span, newText: `ports=${text(ports)}` },
  ];
  return [fix("Turn it into a UnitPolicy", [editsOf(file, edits)])];
}

/** What has to be opened on the Service for the ports of a UnitPolicy; null where that can't be done. */
function openingEdits(policy: DeclaredPolicy, facts: Facts): FileEdit[] | null {
  const ports = knownValue(policy.ports) ?? [];
  const argument = policy.arguments.find((each) => each.name === "ports");
  return neededPortEdits(ports, facts, facts.python, argument?.elements?.[0]?.location ?? null);
}

/** The value of `ports` where the endpoints are one Endpoint with nothing but ports; null otherwise. */
function portsOnly(value: PyExpression): PyExpression | null {
  const [endpoint, another] = value.kind === "list" ? value.items : [];
  if (endpoint?.kind !== "call" || another) return null;
  const [ports, more] = endpoint.args;
  return ports?.name?.text === "ports" && !more ? ports.value : null;
}

function argument(call: Call, name: string): Call["args"][number] | undefined {
  return call.args.find((each) => each.name?.text === name);
}
