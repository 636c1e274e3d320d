import type { PyExpression } from "#syntax";
import type { RelationUse } from "../charm-model.ts";
import { lastName, type NameTable, type Placed } from "./name-table.ts";

/** What a place says of the string that is used there: that it names an endpoint of the charm, or something else. */
export interface Position {
  readonly value: Placed;
  readonly names: "relation" | "other";
  readonly role: RelationUse["role"];
}

/** Whether a class is one that the charm gets from a library, and how its parameter at a position is called there, if that is known. */
export type LibraryParameter = (callee: Placed, index: number) => { readonly name: string | null } | null;

/** How charm libraries and charms call the parameters that take a relation's name. */
const RELATION_PARAMETER =
  /(?:^|_)(?:relation|relationship|endpoint)_names?$|(?:^|_)relation$|_(?:requires|provides)_name$/;

/** The same for what is not a relation of this charm. */
const OTHER_PARAMETER =
  /^(?:remote|other|target|peer_app)_|(?:^|_)(?:apps?|applications?|containers?|services?|roles?|units?|charm|host|hostname|user|username|database|bucket|image|resource|snap|group)(?:_name)?s?$/;

/** Calls of ops and its test libraries that take an endpoint's name first (https://documentation.ubuntu.com/ops/latest/reference/ops/). */
const RELATION_CALLS: ReadonlySet<string> = new Set(["get_relation", "get_relations", "get_binding"]);

/** Relations of ops.testing, whose first parameter is `endpoint`, and networks, whose first is `binding_name` (https://documentation.ubuntu.com/ops/latest/reference/ops-testing/). */
const TESTING_RELATIONS: ReadonlySet<string> = new Set(["Relation", "PeerRelation", "SubordinateRelation", "Network"]);

/** Calls that take the name of a container, a service, a layer or an application first. */
const OTHER_CALLS: ReadonlySet<string> = new Set([
  "get_container",
  "Container",
  "container_pebble_ready",
  "get_container_pebble_plan",
  "get_filesystem_root",
  "set_can_connect",
  "handle_exec",
  "get_service",
  "get_services",
  "add_layer",
  "get_app",
  "remove_application",
  "destroy_application",
  "set_model_name",
]);

/** Objects whose calls are about applications: Juju's clients in integration tests. */
const JUJU_CLIENT = /^(?:juju|model|ops_test|jubilant|.*_juju|.*_model)$/;

const SERVICE_CALLS: ReadonlySet<string> = new Set(["start", "stop", "restart", "send_signal", "replan"]);

/** Collections by names: of relations in ops (`model.relations`, `meta.requires`), and of other things. */
const RELATION_COLLECTIONS: ReadonlySet<string> = new Set(["relations", "requires", "provides", "peers"]);
const OTHER_COLLECTIONS: ReadonlySet<string> = new Set([
  "containers",
  "services",
  "applications",
  "apps",
  "units",
  "storages",
]);

const POLICIES: ReadonlySet<string> = new Set(["AppPolicy", "UnitPolicy", "Policy"]);

/** Keys below which a Pebble layer, charmcraft.yaml or `juju status` name services, containers and applications. */
const OTHER_KEYS: ReadonlySet<string> = new Set([
  "services",
  "checks",
  "log-targets",
  "containers",
  "applications",
  "apps",
  "resources",
]);

/** Every place of a file that says what the string used there names. */
export function positionsIn(table: NameTable, libraryParameter: LibraryParameter): readonly Position[] {
  const found: Position[] = [];
  for (const { expression: call, scope } of table.calls)
    found.push(...inCall({ expression: call, scope }, libraryParameter));
  for (const { node, parent, scope } of table.nodes) {
    if (node.kind === "subscript") {
      const names = collectionOf(node.object, parent as PyExpression | null);
      if (names)
        found.push({
          value: { expression: node.index, scope },
          names,
          role: names === "other" ? "unrelated" : isOn(node.object) ? "event" : "model-relation",
        });
    }
    if (node.kind === "comparison") {
      const sides = [node.left, ...node.rest.map(({ right }) => right)];
      const names = sides.map(comparedName).find((each) => each !== null);
      if (names)
        for (const side of sides)
          found.push({
            value: { expression: side, scope },
            names,
            role: names === "other" ? "unrelated" : "model-relation",
          });
    }
    if (node.kind === "dict")
      for (const entry of node.entries) {
        if (entry.kind !== "pair" || entry.key.kind !== "string" || entry.value.kind !== "dict") continue;
        if (!OTHER_KEYS.has(entry.key.value)) continue;
        for (const inner of entry.value.entries)
          if (inner.kind === "pair")
            found.push({ value: { expression: inner.key, scope }, names: "other", role: "unrelated" });
      }
  }
  return found;
}

/** `self.on`, `charm.on`, `on`. */
export function isOn(expression: PyExpression): boolean {
  return lastName(expression) === "on";
}

/** Whether an expression gives the name of a relation (`relation.name`, `event.relation.name`) or of something else; null: neither. */
export function comparedName(expression: PyExpression): Position["names"] | null {
  if (expression.kind !== "attribute" || !/^(?:name|endpoint)$/.test(expression.name.text)) return null;
  const owner = lastName(expression.object);
  if (/(?:^|_)rel(?:ation)?$/.test(owner)) return "relation";
  return /(?:^|_)(?:app|application|container|service|unit|workload|role)$/.test(owner) ? "other" : null;
}

function collectionOf(object: PyExpression, parent: PyExpression | null): Position["names"] | null {
  if (isOn(object)) {
    // `on["x"].pebble_ready` is a container's, `on["x"].action` an action's.
    const event = parent?.kind === "attribute" && parent.object.kind === "subscript" ? parent.name.text : "relation";
    return /relation/.test(event) ? "relation" : "other";
  }
  if (object.kind === "subscript")
    return object.index.kind === "string" && OTHER_KEYS.has(object.index.value) ? "other" : null;
  if (object.kind !== "attribute") return null;
  if (OTHER_COLLECTIONS.has(object.name.text)) return "other";
  // `relations` of `juju status` are those of any application.
  const owner = lastName(object.object);
  if (object.name.text === "relations" && /^_?model$/.test(owner)) return "relation";
  return RELATION_COLLECTIONS.has(object.name.text) && owner === "meta" ? "relation" : null;
}

function inCall(
  { expression: call, scope }: Placed<Extract<PyExpression, { kind: "call" }>>,
  libraryParameter: LibraryParameter,
): Position[] {
  const { callee, args } = call;
  const name = lastName(callee);
  const receiver = callee.kind === "attribute" ? callee.object : null;
  const found: Position[] = [];
  const say = (expression: PyExpression | undefined, names: Position["names"], role: RelationUse["role"]): void => {
    if (expression) found.push({ value: { expression, scope }, names, role: names === "other" ? "unrelated" : role });
  };
  const positional = args.flatMap((each) => (each.kind === "positional" ? [each.value] : []));
  for (const { name: keyword, value } of args) {
    if (keyword === null) continue;
    if (keyword.text === "relation") {
      // Elsewhere a `relation` may be one of another system, such as OpenFGA's between a user and an object.
      if (POLICIES.has(name)) say(value, "relation", "policy");
      else if (getsCharm(call)) say(value, "relation", "library-argument");
    } else if (OTHER_PARAMETER.test(keyword.text)) say(value, "other", "unrelated");
    else if (RELATION_PARAMETER.test(keyword.text)) say(value, "relation", "library-argument");
    else if (
      /^(?:endpoint|binding_name)$/.test(keyword.text) &&
      (TESTING_RELATIONS.has(name) || takesCharm(positional[0]))
    )
      say(value, "relation", "library-argument");
    if (keyword.text === "endpoints" && value.kind === "dict")
      for (const entry of value.entries) if (entry.kind === "pair") say(entry.value, "relation", "endpoint-map");
  }
  if (receiver && JUJU_CLIENT.test(lastName(receiver)) && !RELATION_CALLS.has(name)) {
    for (const each of positional) say(each, "other", "unrelated");
  } else if (RELATION_CALLS.has(name)) say(positional[0], "relation", "model-relation");
  else if (name === "get" && receiver && collectionOf(receiver, null) === "relation")
    say(positional[0], "relation", "model-relation");
  else if (name === "get" && receiver && collectionOf(receiver, null) === "other")
    say(positional[0], "other", "unrelated");
  else if (TESTING_RELATIONS.has(name)) say(positional[0], "relation", "library-argument");
  else if (name === "add_relation" && receiver) {
    // Harness.add_relation(relation_name, remote_app, …)
    say(positional[0], "relation", "library-argument");
    say(positional[1], "other", "unrelated");
  } else if (name === "deploy" || name === "integrate" || name === "relate")
    for (const each of positional) say(each, "other", "unrelated");
  else if (OTHER_CALLS.has(name)) say(positional[0], "other", "unrelated");
  else if (SERVICE_CALLS.has(name) && receiver && /container/i.test(lastName(receiver)))
    for (const each of positional) say(each, "other", "unrelated");
  else if (/^[A-Z]/.test(name) && takesCharm(positional[0])) {
    // `LibraryClass(self, "my-endpoint")`: how charm libraries take their relation's name.
    for (const [index, value] of positional.entries()) {
      const parameter = index === 0 ? null : libraryParameter({ expression: callee, scope }, index);
      if (parameter === null) continue;
      if (parameter.name === null ? index === 1 : RELATION_PARAMETER.test(parameter.name))
        say(value, "relation", "library-argument");
      else if (parameter.name !== null && OTHER_PARAMETER.test(parameter.name)) say(value, "other", "unrelated");
    }
  }
  return found;
}

/** Whether an object is made for this charm, which comes first or as `charm`. */
function getsCharm({ args }: Extract<PyExpression, { kind: "call" }>): boolean {
  const [first] = args;
  return (first?.kind === "positional" && takesCharm(first.value)) || args.some(({ name }) => name?.text === "charm");
}

function takesCharm(first: PyExpression | undefined): boolean {
  return first !== undefined && /^_?(?:self|charm)$/.test(lastName(first));
}
