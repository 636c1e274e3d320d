import {
  type CharmModel,
  connectsTo,
  ENDPOINT_KEYS,
  type EndpointKey,
  fitsEndpointKey,
  interfaceKnowledge,
  MESH_LIBRARY,
  METHOD_MEMBERS,
  PACKAGED_MESH_LIBRARY,
} from "#charm";
import type { PyModule, SourceFile } from "#syntax";
import { addedImport } from "../fixes/import-edits.ts";
import { portNames } from "./port-names.ts";
import type { Completion } from "./proposal.ts";
import { proposal } from "./proposal.ts";
import { type PythonContext, pythonContext } from "./python-context.ts";
import { signatureOf } from "./signatures.ts";

/** Proposals inside a charm's Python. */
export function pythonCompletions(
  charm: CharmModel,
  file: SourceFile,
  moduleOf: (file: SourceFile) => PyModule,
  offset: number,
): readonly Completion[] {
  const context = pythonContext(file, moduleOf(file), offset);
  if (context.object !== null) {
    if (lastName(context.object) === "Method") return methodMembers(context);
    return lastName(context.object) === "on" ? relationEvents(charm, context) : [];
  }
  if (context.subscript && RELATIONS_BY_NAME.test(context.subscript)) return relationNames(charm, context);
  const callee = context.call === null ? "" : lastName(context.call.name);
  if (context.call?.argument === "endpoints" && context.dictKey !== null && isEndpointMapOf(charm, callee)) {
    return context.dictKey ? endpointKeys(charm, context) : relationsForKey(charm, context);
  }
  if (context.string !== null && takesRelation(callee, context)) return relationNames(charm, context);
  const signature = signatureOf(callee, charm);
  if (signature === null) return [];
  const argument = context.call?.argument ?? null;
  if (context.string !== null) {
    if (argument === "service" && charm.metadata.name !== null)
      return [
        proposal(context.string, { label: charm.metadata.name, kind: "value", detail: "this charm's own Service" }),
      ];
    return signature.relations.includes(argument ?? "") ? relationsForPolicy(charm, context) : [];
  }
  if (argument === "ports") return portNames(charm, file, moduleOf).map((port) => proposal(context.word, port));
  if (context.subscript === "") {
    const snippets = SNIPPETS.filter((each) => each.arguments.includes(argument ?? ""));
    if (snippets.length > 0) return snippets.map((each) => snippetProposal(each, file, moduleOf(file), context));
    if (argument === "methods")
      return methodMembers(context).map((each) => ({
        ...each,
        label: `Method.${each.label}`,
        insert: `Method.${each.insert}`,
      }));
  }
  if (argument !== null) return [];
  return keywords(callee, charm, context);
}

/** Collections of ops that are indexed by the names of relations. */
const RELATIONS_BY_NAME = /(?:^|\.)(?:on|relations|meta\.(?:requires|provides|peers))$/;

/** Calls whose first argument is the name of a relation. */
const TAKES_RELATION =
  /(?:^|\.)(?:get_relation|get_relations|get_binding|relations\.get|Relation|PeerRelation|SubordinateRelation|add_relation)$/;

/** Keywords of charm libraries that take the name of a relation. */
const RELATION_KEYWORD = /(?:^|_)(?:relation|relationship|endpoint)_name$|_(?:requires|provides)_name$|^peer_relation$/;

function takesRelation(callee: string, { call }: PythonContext): boolean {
  if (call === null) return false;
  if (call.argument !== null) return RELATION_KEYWORD.test(call.argument) && signatureOf(callee, null) === null;
  return call.index === 0 && TAKES_RELATION.test(call.name);
}

function relationNames(charm: CharmModel, context: PythonContext): readonly Completion[] {
  return charm.metadata.relations.map((relation) =>
    proposal(context.string ?? context.word, {
      label: relation.endpoint,
      kind: "relation",
      detail: `${relation.side} ${relation.interface ?? ""}`,
      insert: context.string === null ? `"${relation.endpoint}"` : relation.endpoint,
    }),
  );
}

/** The events that ops makes for every endpoint (https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.CharmEvents). */
const EVENTS = ["created", "joined", "changed", "departed", "broken"];

function relationEvents(charm: CharmModel, context: PythonContext): readonly Completion[] {
  return charm.metadata.relations.flatMap((relation) =>
    EVENTS.map((event) =>
      proposal(context.word, {
        label: `${relation.endpoint.replaceAll("-", "_")}_relation_${event}`,
        kind: "event",
        detail: `${relation.side} ${relation.interface ?? ""}`,
      }),
    ),
  );
}

/** A call that belongs into a list, and the arguments whose lists hold it. */
interface ListSnippet {
  readonly className: string;
  readonly arguments: readonly string[];
  readonly insert: string;
}

const SNIPPETS: readonly ListSnippet[] = [
  {
    className: "AppPolicy",
    arguments: ["charm_mesh_policies", "policies"],
    insert: 'AppPolicy(relation="$1", endpoints=[$2]),',
  },
  {
    className: "UnitPolicy",
    arguments: ["charm_mesh_policies", "policies"],
    insert: 'UnitPolicy(relation="$1", ports=[$2]),',
  },
  { className: "Endpoint", arguments: ["endpoints"], insert: "Endpoint(ports=[$1])" },
];

function snippetProposal(
  { className, insert }: ListSnippet,
  file: SourceFile,
  module: PyModule,
  context: PythonContext,
): Completion {
  const source = meshModule(module);
  return proposal(context.word, {
    label: `${className}(…)`,
    kind: "snippet",
    documentation: signatureOf(className, null)?.about ?? null,
    insert,
    snippet: true,
    rank: 0,
    additional: addedImport(file, module, source, className),
  });
}

/** The module from which the file imports the mesh's classes; the packaged one where it imports none. */
function meshModule(module: PyModule): string {
  const names = module.body.flatMap((each) =>
    each.kind === "import-from" && each.level === 0 ? [each.module.text] : [],
  );
  return names.find((name) => name === MESH_LIBRARY || name === PACKAGED_MESH_LIBRARY) ?? PACKAGED_MESH_LIBRARY;
}

function methodMembers(context: PythonContext): readonly Completion[] {
  return [...METHOD_MEMBERS.value].map(([name, sent]) =>
    proposal(context.word, { label: name, kind: "method", detail: sent }),
  );
}

/** The map belongs to the Coordinator, by its own name, a subclass's, or as far as the model knows. */
function isEndpointMapOf(charm: CharmModel, callee: string): boolean {
  return callee === "Coordinator" || callee === charm.coordinator?.className;
}

function endpointKeys(charm: CharmModel, context: PythonContext): readonly Completion[] {
  const present = new Set(charm.coordinator?.endpoints.entries.map((entry) => entry.key));
  return ENDPOINT_KEYS.filter((each) => !present.has(each.key)).map((each) => {
    const relation = fitting(charm, each)[0];
    const value = relation ? `"${relation}"` : each.required ? `"$1"` : "None";
    return proposal(context.string ?? context.word, {
      label: each.key,
      kind: "endpoint-key",
      detail: `${each.required ? "required" : "optional"}, ${each.side} ${each.interface}`,
      documentation: each.about,
      insert: context.string === null ? `"${each.key}": ${value},` : each.key,
      snippet: context.string === null,
      rank: each.required ? 0 : 1,
    });
  });
}

function relationsForKey(charm: CharmModel, context: PythonContext): readonly Completion[] {
  const key = ENDPOINT_KEYS.find((each) => each.key === context.pairKey);
  const fits = new Set(key ? fitting(charm, key) : []);
  return charm.metadata.relations
    .filter((relation) => key === undefined || fits.has(relation.endpoint))
    .map((relation) =>
      proposal(context.string ?? context.word, {
        label: relation.endpoint,
        kind: "relation",
        detail: `${relation.side} ${relation.interface ?? ""}`,
        insert: context.string === null ? `"${relation.endpoint}"` : relation.endpoint,
        rank: fits.has(relation.endpoint) ? 0 : 1,
      }),
    );
}

function relationsForPolicy(charm: CharmModel, context: PythonContext): readonly Completion[] {
  return charm.metadata.relations.map((relation) => {
    const knowledge = relation.interface === null ? null : interfaceKnowledge(relation.interface);
    const calls = relation.side !== "peers" && knowledge !== null && connectsTo(knowledge, relation.side);
    return proposal(context.string ?? context.word, {
      label: relation.endpoint,
      kind: "relation",
      detail: `${relation.side} ${relation.interface ?? ""}`,
      documentation: calls ? "The other side connects to this charm." : null,
      rank: calls ? 0 : knowledge === null ? 1 : 2,
    });
  });
}

function keywords(callee: string, charm: CharmModel, context: PythonContext): readonly Completion[] {
  const signature = signatureOf(callee, charm);
  const given = new Set((context.call?.node?.args ?? []).map((each) => each.name?.text));
  return (signature?.parameters ?? [])
    .filter((parameter) => !given.has(parameter.name))
    .map((parameter, rank) =>
      proposal(context.word, {
        label: `${parameter.name}=`,
        kind: "keyword",
        detail: parameter.type,
        documentation: parameter.about,
        insert: `${parameter.name}=${parameter.snippet}`,
        snippet: true,
        rank,
      }),
    );
}

function fitting(charm: CharmModel, key: EndpointKey): readonly string[] {
  return charm.metadata.relations
    .filter(
      (relation) =>
        relation.side === key.side && relation.interface !== null && fitsEndpointKey(key, relation.interface),
    )
    .map((relation) => relation.endpoint);
}

function lastName(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}
