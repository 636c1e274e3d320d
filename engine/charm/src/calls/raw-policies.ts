import {
  type Argument,
  argumentValue,
  asString,
  type CallSite,
  type Condition,
  callsNamed,
  conditionText,
  evaluate,
  findCalls,
  type InstanceValue,
  knownValue,
  namedArguments,
  optionsOfValue,
  type Program,
  type PyValue,
} from "#python";
import type { Location } from "#syntax";
import { RAW_POLICY_SOURCES } from "../catalog/policy-sources.ts";
import type { RawNode, RawPolicy, RawResource } from "../declared-policy.ts";
import { callsOf } from "./library-calls.ts";
import { plainData } from "./plain-data.ts";

/**
 * The AuthorizationPolicy resources that a charm builds itself, in source order: objects of lightkube resource classes, and dicts that
 * are given to `from_dict`, to a client, or to `reconcile` as raw policies. Values that can't be read stand as `unread` in the
 * resource. A helper of the library that allows everything is read as such only where it is imported from the library; a function of
 * the charm's own is read by its body.
 */
export function rawPolicies(program: Program): readonly RawPolicy[] {
  const found = new Map<string, RawPolicy>();
  const add = (policy: RawPolicy) => {
    const key = `${policy.call.file.path}:${policy.call.span.start}`;
    if (!found.has(key)) found.set(key, policy);
  };
  for (const site of resourceCalls(program)) add(rawPolicy(site, callResource(program, site)));
  for (const { site, resource } of dictResources(program)) add(rawPolicy(site, resource));
  for (const site of allowAllCalls(program))
    add({
      ...placed(site),
      kind: "allow-all",
      isManifest: false,
      condition: null,
      handedOver: handedOver(program, site),
      resource: null,
    });
  return [...found.values()];
}

function rawPolicy(site: CallSite, resource: RawResource): RawPolicy {
  return { ...placed(site), kind: "authorization-policy", isManifest: false, condition: site.condition, resource };
}

function placed({ call, callee }: CallSite): Pick<RawPolicy, "call" | "callee"> {
  return { call, callee };
}

/** Calls of a class AuthorizationPolicy, of whatever module, and of a class that lightkube makes for that kind. */
function resourceCalls(program: Program): readonly CallSite[] {
  const { resourceClass, genericResource } = RAW_POLICY_SOURCES;
  const names = new Set<string>([resourceClass]);
  for (const site of findCalls(program, genericResource.names)) {
    const kind = namedArguments(site.arguments, genericResource.parameters).get("kind");
    const assigned = assignedName(site);
    if (kind && assigned !== null && knownValue(asString(argumentValue(program, kind))) === resourceClass)
      names.add(assigned);
  }
  const named = callsNamed(program, [...names]).filter((site) => site.name !== "from_dict");
  return [...callsOf(program, "AuthorizationPolicy"), ...named];
}

/** The name to which a call's result is assigned on the call's own line; null: none. */
function assignedName({ call: { file, span } }: CallSite): string | null {
  const before = file.text.slice(file.text.lastIndexOf("\n", span.start - 1) + 1, span.start).trim();
  if (!before.endsWith("=")) return null;
  const [name = ""] = before.slice(0, -1).split(":");
  return /^\w+$/.test(name.trim()) ? name.trim() : null;
}

function callResource(program: Program, { arguments: args }: CallSite): RawResource {
  const open = args.positional.length > 0 ? "arguments that are passed by position" : args.open;
  const part = (name: string): RawNode => {
    const given = args.keywords.get(name);
    if (given) return argumentNode(program, given);
    return open === null ? ABSENT : unread(`its ${name} may be among ${open}`);
  };
  return { metadata: part("metadata"), spec: part("spec") };
}

const ABSENT: RawNode = { kind: "value", value: null };

interface DictResource {
  readonly site: CallSite;
  readonly resource: RawResource;
}

function dictResources(program: Program): readonly DictResource[] {
  const { dictMethods, resourceClass } = RAW_POLICY_SOURCES;
  const found: DictResource[] = [];
  const add = (site: CallSite, node: RawNode, isPolicy: boolean) => {
    if (node.kind !== "object") return;
    const kind = node.fields.get("kind");
    if (!isPolicy && !(kind?.kind === "value" && kind.value === resourceClass)) return;
    const part = (name: string) => node.fields.get(name) ?? ABSENT;
    found.push({ site, resource: { metadata: part("metadata"), spec: part("spec") } });
  };
  for (const site of callsNamed(program, dictMethods)) {
    const given = site.arguments.positional[0] ?? site.arguments.keywords.get("obj");
    if (given) add(site, argumentNode(program, given), isOnResourceClass(site));
  }
  for (const site of callsNamed(program, ["reconcile"])) {
    const given = site.arguments.keywords.get("raw_policies") ?? site.arguments.positional[2];
    if (!given) continue;
    for (const option of optionsOfValue(argumentValue(program, given))) {
      if (option.kind !== "sequence") continue;
      for (const element of option.elements) {
        const at = { ...site, call: element.at, callee: element.at, condition: element.condition ?? site.condition };
        if (element.value.kind === "dict") add(at, nodeOf(program, element.value), true);
      }
    }
  }
  return found;
}

/** `AuthorizationPolicy.from_dict(…)`: the class says the kind. */
function isOnResourceClass({ expression }: CallSite): boolean {
  const { callee } = expression;
  if (callee.kind !== "attribute") return false;
  const { object } = callee;
  const name = object.kind === "name" ? object.id : object.kind === "attribute" ? object.name : null;
  return name === RAW_POLICY_SOURCES.resourceClass;
}

function allowAllCalls(program: Program): readonly CallSite[] {
  const named = callsNamed(program, [RAW_POLICY_SOURCES.allowAll]);
  // Where it is a function of the charm's own, its body says what it makes (metacontroller and training-operator select other pods).
  return [...callsOf(program, "allow-all"), ...named.filter((site) => !isOwnFunction(program, site))];
}

/** The condition under which what a call makes is in every list of raw policies that holds it; null: some list always holds it, or none is read. */
function handedOver(program: Program, { call }: CallSite): Condition | null {
  const conditions = callsNamed(program, ["reconcile"]).flatMap((site) => {
    const given = site.arguments.keywords.get("raw_policies") ?? site.arguments.positional[2];
    const lists = given ? optionsOfValue(argumentValue(program, given)) : [];
    return lists.flatMap((list) =>
      (list.kind === "sequence" ? list.elements : [])
        .filter(({ value }) => value.kind === "instance" && value.call !== null && samePlace(value.call, call))
        .map((element) => element.condition),
    );
  });
  return conditions.includes(null) ? null : (conditions[0] ?? null);
}

function samePlace(a: Location, b: Location): boolean {
  return a.file === b.file && a.span.start === b.span.start;
}

function isOwnFunction(program: Program, { expression, frame }: CallSite): boolean {
  return optionsOfValue(evaluate(program, expression.callee, frame)).some((value) => value.kind === "function");
}

function argumentNode(program: Program, argument: Argument): RawNode {
  if (argument.condition !== null) return unread(`it is passed only if ${conditionText(argument.condition)}`);
  return nodeOf(program, argumentValue(program, argument));
}

function unread(why: string): RawNode {
  return { kind: "unread", why };
}

/** A value as the tree that Kubernetes gets of it. */
function nodeOf(program: Program, value: PyValue): RawNode {
  switch (value.kind) {
    case "sequence":
      if (value.open !== null) return unread(value.open);
      return {
        kind: "list",
        items: value.elements.map((each) =>
          each.condition === null
            ? nodeOf(program, each.value)
            : unread(`whether it is in the list is decided when the charm runs (${conditionText(each.condition)})`),
        ),
      };
    case "dict": {
      if (value.open !== null) return unread(value.open);
      const fields = new Map<string, RawNode>();
      for (const entry of value.entries) {
        const key = plainData(program, entry.key);
        if ((key.kind !== "known" && key.kind !== "template") || entry.condition !== null)
          return unread("a dict whose keys are not all known");
        fields.set(key.kind === "known" ? String(key.value) : key.text, nodeOf(program, entry.value));
      }
      return { kind: "object", fields };
    }
    case "instance":
      return instanceNode(program, value);
    case "external": {
      const member = RAW_POLICY_SOURCES.members.exec(value.name)?.[1];
      return member === undefined ? leaf(program, value) : { kind: "value", value: member.toUpperCase() };
    }
    default:
      return leaf(program, value);
  }
}

function leaf(program: Program, value: PyValue): RawNode {
  const data = plainData(program, value);
  if (data.kind === "template") return { kind: "value", value: data.text };
  if (data.kind !== "known") return unread(data.kind === "unknown" ? data.why : "one of several values");
  const { value: plain } = data;
  return plain === null || typeof plain === "string" || typeof plain === "number" || typeof plain === "boolean"
    ? { kind: "value", value: plain }
    : unread("a value that can't be read");
}

/** A model of the resource's parts with the fields that it is given, or what dumps one. */
function instanceNode(program: Program, value: InstanceValue): RawNode {
  const [name] = value.external;
  const last = name?.slice(name.lastIndexOf(".") + 1);
  if (last === undefined || value.class !== null || value.arguments === null)
    return unread("an object that can't be read");
  if (RAW_POLICY_SOURCES.dumps.includes(last)) return dumpedNode(program, value.call);
  if (!RAW_POLICY_SOURCES.models.includes(last)) return unread(`what ${last} makes can't be read`);
  const { positional, keywords, open } = value.arguments;
  if (positional.length > 0 || open !== null) return unread(open ?? `${last} is given arguments by position`);
  const fields = new Map<string, RawNode>();
  // `from` is a keyword of Python, so the models call the field `from_`.
  for (const [field, argument] of keywords) fields.set(field.replace(/_$/, ""), argumentNode(program, argument));
  return { kind: "object", fields };
}

/** `model.model_dump(…)`: what the model holds, under the names that Kubernetes knows where aliases are asked for. */
function dumpedNode(program: Program, call: Location | null): RawNode {
  const site = callsNamed(program, RAW_POLICY_SOURCES.dumps).find(
    (each) => call !== null && each.call.file === call.file && each.call.span.start === call.span.start,
  );
  const callee = site?.expression.callee;
  if (!site || callee?.kind !== "attribute") return unread("an object that can't be read");
  const [only, ...others] = optionsOfValue(evaluate(program, callee.object, site.frame));
  if (!only || others.length > 0) return unread("one of several objects");
  const aliased = site.arguments.keywords.get("by_alias");
  const byAlias = site.name === "to_dict" || (aliased && argumentValue(program, aliased));
  if (byAlias === true || (byAlias && byAlias.kind === "bool" && byAlias.value)) return nodeOf(program, only);
  return unread("it is dumped without `by_alias=True`, so that Kubernetes may not know all of its fields");
}
