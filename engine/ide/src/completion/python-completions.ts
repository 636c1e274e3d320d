import {
  type CharmModel,
  connectsTo,
  ENDPOINT_KEYS,
  type EndpointKey,
  fitsEndpointKey,
  interfaceKnowledge,
  METHOD_MEMBERS,
} from "#charm";
import type { PyModule, SourceFile } from "#syntax";
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
  if (context.object !== null) return lastName(context.object) === "Method" ? methodMembers(context) : [];
  const callee = context.call === null ? "" : lastName(context.call.name);
  if (context.call?.argument === "endpoints" && context.dictKey !== null && isEndpointMapOf(charm, callee)) {
    return context.dictKey ? endpointKeys(charm, context) : relationsForKey(charm, context);
  }
  const signature = signatureOf(callee);
  if (signature === null) return [];
  if (context.string !== null) {
    return signature.relations.includes(context.call?.argument ?? "") ? relationsForPolicy(charm, context) : [];
  }
  if (context.call?.argument === "ports")
    return portNames(charm, file, moduleOf).map((port) => proposal(context.word, port));
  if (context.call?.argument != null) return [];
  return keywords(callee, context);
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

function keywords(callee: string, context: PythonContext): readonly Completion[] {
  const signature = signatureOf(callee);
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
