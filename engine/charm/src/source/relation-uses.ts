import type { PyExpression, PyModule, SourceFile, Span } from "#syntax";
import type { RelationUse } from "../charm-model.ts";
import { type NameFlow, nameFlow } from "./name-flow.ts";
import { comparedName, isOn, type LibraryParameter, positionsIn } from "./name-positions.ts";
import { lastName, type NameScope, type NameTable, nameTable, type Placed, type Text } from "./name-table.ts";

/** One Python file of a charm; `path` is relative to the charm's folder. */
export interface CharmModule {
  readonly path: string;
  readonly file: SourceFile;
  readonly tree: PyModule;
}

/** A charm as far as the names of its relations are concerned. */
export interface NamingCharm {
  readonly name: string | null;
  readonly endpoints: ReadonlySet<string>;
  /** Its own Python, tests included. */
  readonly modules: readonly CharmModule[];
  /** A vendored library by its dotted name, parsed when it is asked for; null where there is none. */
  readonly library: (module: string) => PyModule | null;
}

/** What is known about one string. */
interface Evidence {
  relation: RelationUse["role"] | null;
  isOther: boolean;
}

/**
 * Every place in a charm's Python that holds the name of one of its endpoints, in source order by file. A string names the relation for
 * certain as an argument for a relation's name, or where it reaches one through variables, attributes, parameters,
 * imports and results of calls. The role `unrelated` is for names of containers, services, applications, roles and units; `shared` for
 * a string with both uses; `other` where neither is visible.
 */
export function relationUsesIn(charm: NamingCharm): readonly RelationUse[] {
  const tables = charm.modules.map(({ file, tree, path }) => nameTable(file, tree, path));
  const flow = nameFlow(tables);
  const evidence = new Map<Text, Evidence>();
  const libraryParameter = parameterOfLibrary(flow, charm);
  const note = (placed: Placed, names: "relation" | "other", role: RelationUse["role"]): void => {
    for (const text of flow.textsOf(placed)) {
      if (!charm.endpoints.has(text.value)) continue;
      const known = evidence.get(text) ?? { relation: null, isOther: false };
      evidence.set(text, known);
      if (names === "other") known.isOther = true;
      else if (text === placed.expression) known.relation = role;
      else known.relation ??= "constant";
    }
  };
  const applications = applicationsIn(tables, flow, charm.name);
  for (const table of tables) {
    for (const { value, names, role } of positionsIn(table, libraryParameter)) note(value, names, role);
    for (const value of endpointMaps(table, flow)) note(value, "relation", "endpoint-map");
    for (const { name, scope } of table.qualified) {
      const { application, endpoint } = name;
      const which = applications(application, scope);
      if (typeof application !== "string") note({ expression: application, scope }, "other", "unrelated");
      if (endpoint && "kind" in endpoint && which !== "unknown")
        note({ expression: endpoint, scope }, which === "own" ? "relation" : "other", "constant");
    }
  }
  return tables.flatMap((table) =>
    [
      ...textUses(table, charm.endpoints, evidence),
      ...eventUses(table, charm.endpoints),
      ...patternUses(table, charm.endpoints),
      ...qualifiedUses(table, charm.endpoints, applications),
    ].sort((a, b) => a.location.span.start - b.location.span.start),
  );
}

/** The values of a dictionary that is passed as `endpoints` behind a name. */
function endpointMaps({ calls }: NameTable, flow: NameFlow): readonly Placed[] {
  return calls.flatMap(({ expression, scope }) => {
    const given = expression.args.find(({ name }) => name?.text === "endpoints")?.value;
    if (!given || given.kind === "dict") return [];
    return flow.entitiesOf({ expression: given, scope }).flatMap((entity) => {
      if (entity.kind !== "variable") return [];
      return flow
        .valuesOf(entity)
        .flatMap((value) =>
          value.expression.kind === "dict"
            ? value.expression.entries.map((entry) => ({ expression: entry.value, scope: value.scope }))
            : [],
        );
    });
  });
}

function textUses(
  table: NameTable,
  endpoints: ReadonlySet<string>,
  evidence: ReadonlyMap<Text, Evidence>,
): RelationUse[] {
  const found = table.texts.filter(({ expression }) => endpoints.has(expression.value));
  if (found.length === 0) return [];
  const unrelated = unrelatedByName(table);
  return found.map(({ expression }) => {
    const known = evidence.get(expression);
    const role = known?.relation
      ? known.isOther
        ? "shared"
        : known.relation
      : known?.isOther || unrelated.has(expression)
        ? "unrelated"
        : "other";
    return use(table, expression.value, expression.span, role);
  });
}

/** Words in the names of variables that hold something else than a relation's name. */
const OTHER_WORDS =
  /(?:^|_)(?:apps?|applications?|containers?|services?|roles?|workload|units?|image|snap|user|binary|database|charm)(?:_|$)/i;
const RELATION_WORDS = /relation|endpoint|integration|requires|provides|peer/i;

/** Strings that a variable of a telling name or a member of an enumeration holds. */
function unrelatedByName({ scopes }: NameTable): ReadonlySet<PyExpression> {
  const found = new Set<PyExpression>();
  for (const scope of scopes) {
    const isEnum = isEnumeration(scope);
    for (const [name, values] of scope.values)
      if (isEnum || (OTHER_WORDS.test(name) && !RELATION_WORDS.test(name)))
        for (const { expression } of values) found.add(expression);
  }
  return found;
}

function isEnumeration({ node }: NameScope): boolean {
  return node.kind === "class" && node.bases.some(({ value }) => /(?:Enum|Flag)$/.test(lastName(value)));
}

/** Suffixes of the events that ops makes for every endpoint (https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.CharmEvents). */
const EVENT = /^(\w+)_relation_(?:created|joined|changed|departed|broken)$/;

/** `self.on.my_db_relation_changed` and `getattr(self.on, "my_db_relation_changed")` name `my-db`. */
function eventUses(table: NameTable, endpoints: ReadonlySet<string>): RelationUse[] {
  const byEvent = new Map([...endpoints].map((endpoint) => [endpoint.replaceAll("-", "_"), endpoint]));
  const found: RelationUse[] = [];
  const add = (text: string, start: number, whole: Span): void => {
    const event = EVENT.exec(text)?.[1];
    const endpoint = event === undefined ? undefined : byEvent.get(event);
    if (event === undefined || endpoint === undefined) return;
    const place = use(table, endpoint, { start, end: start + event.length }, "event");
    found.push({ ...place, whole: { file: table.file, span: whole }, isEvent: true });
  };
  for (const { node } of table.nodes)
    if (node.kind === "attribute" && isOn(node.object)) add(node.name.text, node.name.span.start, node.name.span);
  for (const { expression } of table.calls) {
    const [object, name] = expression.args.map(({ value }) => value);
    if (lastName(expression.callee) !== "getattr" || name?.kind !== "string" || !object || !isOn(object)) continue;
    const start = table.file.text.indexOf(name.value, name.span.start);
    if (start >= 0 && start < name.span.end) add(name.value, start, { start, end: start + name.value.length });
  }
  return found;
}

/** `case "my-db":` in a `match relation.name`. */
function patternUses(table: NameTable, endpoints: ReadonlySet<string>): RelationUse[] {
  return table.patterns.flatMap(({ subject, pattern }) => {
    const names = comparedName(subject);
    const text = table.file.text.slice(pattern.start, pattern.end);
    return [...text.matchAll(/(["'])([A-Za-z][\w-]*)\1/g)].flatMap((quoted) => {
      const name = quoted[2] ?? "";
      const start = pattern.start + quoted.index + 1;
      const role = names === "relation" ? "model-relation" : names === "other" ? "unrelated" : "other";
      return endpoints.has(name) ? [use(table, name, { start, end: start + name.length }, role)] : [];
    });
  });
}

type Which = "own" | "other" | "unknown";

/** Names of variables and fixtures that hold the charm under test, as pytest-operator and jubilant projects call them. */
const CHARM_UNDER_TEST = /^(?:my_|built_|packed_|local_|this_)?charm(?:_under_test|_path|_file|_artifact)?$/;

/** Which charm an application of an integration test is: by what is deployed under its name, or by the charm's own name. */
function applicationsIn(
  tables: readonly NameTable[],
  flow: NameFlow,
  own: string | null,
): (application: PyExpression | string, scope: NameScope) => Which {
  const deployed = new Map<string, Set<Which>>();
  const texts = (expression: PyExpression, scope: NameScope): readonly string[] =>
    [...flow.textsOf({ expression, scope })].map(({ value }) => value);
  for (const { expression, scope } of tables.flatMap(({ calls }) => calls)) {
    if (lastName(expression.callee) !== "deploy") continue;
    const positional = expression.args.filter(({ kind }) => kind === "positional").map(({ value }) => value);
    const keyword = (...names: readonly string[]) =>
      expression.args.find(({ name }) => name !== null && names.includes(name.text))?.value;
    const charm = positional[0] ?? keyword("charm", "entity_url");
    if (!charm) continue;
    const charms = texts(charm, scope);
    const names = texts(positional[1] ?? keyword("app", "application_name") ?? charm, scope);
    const which = deployedCharm(charm, charms, own);
    for (const name of names) deployed.set(name, (deployed.get(name) ?? new Set<Which>()).add(which));
  }
  const named = (name: string): Which => {
    const known = deployed.get(name);
    const [which = "unknown"] = known ?? [];
    if (known) return known.size === 1 ? which : "unknown";
    return name === own ? "own" : "unknown";
  };
  return (application, scope) => {
    if (typeof application !== "string" && isOwnName(application, scope, flow)) return "own";
    const names = typeof application === "string" ? [application] : texts(application, scope);
    const answers = new Set(names.map(named));
    const [which = "unknown"] = answers;
    return answers.size === 1 ? which : "unknown";
  };
}

/** `METADATA["name"]`, where the charm's metadata file was read, also behind a constant. */
function isOwnName(expression: PyExpression, scope: NameScope, flow: NameFlow): boolean {
  if (expression.kind === "subscript") {
    const { file } = scope.table;
    const read = file.text.slice(expression.object.span.start, expression.object.span.end);
    return expression.index.kind === "string" && expression.index.value === "name" && /meta|charmcraft/i.test(read);
  }
  if (expression.kind !== "name" && expression.kind !== "attribute") return false;
  const values = flow
    .entitiesOf({ expression, scope })
    .flatMap((entity) => (entity.kind === "variable" ? flow.valuesOf(entity) : []));
  return (
    values.length > 0 &&
    values.every((each) => each.expression.kind === "subscript" && isOwnName(each.expression, each.scope, flow))
  );
}

function deployedCharm(charm: PyExpression, charms: readonly string[], own: string | null): Which {
  const [name] = charms;
  if (name !== undefined && charms.length === 1) return name === own ? "own" : "other";
  if (charm.kind === "string") return charm.value.replace(/^(?:ch|local):/, "") === own ? "own" : "other";
  const value = lastName(charm.kind === "call" ? (charm.args[0]?.value ?? charm) : charm);
  // `grafana_charm` is the built charm of grafana-k8s.
  const word = /^(\w{3,})_charm$/.exec(value)?.[1]?.replaceAll("_", "-");
  return CHARM_UNDER_TEST.test(value) || (word !== undefined && own?.includes(word)) ? "own" : "unknown";
}

/** `application:endpoint` with the endpoint as text. */
function qualifiedUses(
  table: NameTable,
  endpoints: ReadonlySet<string>,
  applications: (application: PyExpression | string, scope: NameScope) => Which,
): RelationUse[] {
  return table.qualified.flatMap(({ name: { application, endpoint }, scope }) => {
    if (!endpoint || "kind" in endpoint || !endpoints.has(endpoint.name)) return [];
    const which = applications(application, scope);
    const role = which === "own" ? "application-endpoint" : which === "other" ? "unrelated" : "other";
    return [use(table, endpoint.name, endpoint.span, role)];
  });
}

/** Whether a class comes from outside the charm, and how a vendored library's constructor calls the parameter at a position behind `self`. */
function parameterOfLibrary(flow: NameFlow, { library }: NamingCharm): LibraryParameter {
  return (callee, index) => {
    const entities = flow.entitiesOf(callee);
    if (entities.some(({ kind }) => kind === "class" || kind === "function")) return null;
    for (const entity of entities) {
      if (entity.kind !== "outside") continue;
      const className = entity.name ?? lastName(callee.expression);
      const tree = library(entity.module);
      const definition = tree?.body.find((each) => each.kind === "class" && each.name.text === className);
      const init =
        definition?.kind === "class"
          ? definition.body.find((each) => each.kind === "function" && each.name.text === "__init__")
          : undefined;
      if (init?.kind === "function") {
        const parameters = init.parameters.filter(({ kind }) => kind === "plain");
        return { name: parameters[index + 1]?.name.text ?? null };
      }
    }
    return { name: null };
  };
}

function use(table: NameTable, endpoint: string, span: Span, role: RelationUse["role"]): RelationUse {
  const location = { file: table.file, span };
  return { endpoint, location, whole: location, isEvent: false, role };
}
